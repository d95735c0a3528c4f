package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(directory).file("db/1.sql", "DROP TABLE t;\n");
    }

    private Outcome lint(String... more) {
        String[] arguments = new String[more.length + 3];
        System.arraycopy(new String[] {"db", "--quiet", "--format=gcc"}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return shell.run(arguments);
    }

    @Test
    void levelsComeFromTheFileAndTheCommandLineHasTheLastWord() {
        assertThat(lint().out()).contains("error");

        shell.file("lockstep.yml", "rules:\n  drop-table: note\n");
        assertThat(lint().out()).contains("note").doesNotContain("error");
        assertThat(lint().code()).isZero();
        assertThat(lint("--rule", "drop-table=warning").out()).contains("warning");

        shell.file("lockstep.yml", "rules: {ban-drop-table: off}\n");
        assertThat(lint().out()).isEmpty();
    }

    @Test
    void theNearestFileUpToTheRootOfTheRepositoryIsRead(@TempDir Path outside) {
        new Shell(outside)
                .file("lockstep.yml", "rules: {drop-table: off}\n")
                .file("app/db/1.sql", "DROP TABLE t;\n")
                .file("repository/.git/HEAD", "")
                .file("repository/db/1.sql", "DROP TABLE t;\n");

        assertThat(new Shell(outside.resolve("app")).run("db", "-q").out()).isEmpty();
        assertThat(new Shell(outside.resolve("repository")).run("db", "-q").out())
                .contains("drop-table");
    }

    @Test
    void aFileCanBeNamed() {
        shell.file("strict.yml", "rules: {drop-table: note}\n").file("lockstep.yml", "nonsense: true\n");

        assertThat(lint("--config", "strict.yml").out()).contains("note");
        assertThat(lint("--config", "gone.yml").errLines())
                .containsExactly("lockstep: --config gone.yml: no such file");
    }

    @Test
    void anEmptyFileChangesNothing() {
        for (String text : new String[] {"", "# nothing\n", "rules:\n", "---\n"}) {
            assertThat(shell.file("lockstep.yml", text).run("db", "-q").code())
                    .as(text)
                    .isEqualTo(1);
        }
    }

    @Test
    void rulesNewerThanThePinAreNotAsked() {
        assertThat(shell.file("lockstep.yml", "rules-as-of: \"0.0\"\n")
                        .run("db", "-q")
                        .out())
                .isEmpty();
        assertThat(shell.file("lockstep.yml", "rules-as-of: \"0.1\"\n")
                        .run("db", "-q")
                        .out())
                .contains("drop-table");
        assertThat(shell.file("lockstep.yml", "rules-as-of: 0.0\nrules: {drop-table: note}\n")
                        .run("db", "-q")
                        .out())
                .contains("note [drop-table]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'sets: style\\nrulez: {}'        | 'lockstep.yml:2: there is no key rulez; did you mean rules?'
            'rules:\\n  drop-tabel: off'     | 'lockstep.yml:2: there is no rule drop-tabel; did you mean drop-table?'
            'rules:\\n  drop-table: loud'    | 'lockstep.yml:2: drop-table takes error, warning, note, off, not loud'
            'sets: [safety, styles]'         | 'lockstep.yml:1: there is no rule set styles; did you mean style?'
            'rules: [a]'                     | 'lockstep.yml:1: rules takes keys with values'
            'rules:\\n  drop-table: {a: b}'  | 'lockstep.yml:2: drop-table takes a word or a list of words'
            'options:\\n  drop-table:\\n    x: 1' | 'lockstep.yml:3: drop-table has no options'
            'rules-as-of: new'               | 'lockstep.yml:1: rules-as-of takes a version such as "0.1", not new'
            'a b'                            | 'lockstep.yml:1: the configuration takes keys with values'
            """)
    void aMistakeIsNamedWithItsLine(String text, String complaint) {
        Outcome outcome = shell.file("lockstep.yml", text.replace("\\n", "\n")).run("db");

        assertThat(outcome.errLines()).containsExactly("lockstep: " + complaint);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"'rules: {', 1", "'rules: {a: off}\nrules: {}', 2", "'a: b\n---\nc: d', ''", "'a: &x 1\nb: *x', 2"})
    void whatIsNoYamlIsRefusedOnOneLine(String text, String line) {
        Outcome outcome = shell.file("lockstep.yml", text).run("db");

        assertThat(outcome.errLines()).hasSize(1);
        assertThat(outcome.err()).startsWith("lockstep: lockstep.yml:" + line);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void setsAreSwitchedOnByNameAndMistypedOnesRefused() {
        assertThat(shell.run("db", "--set", "style,policy", "-q").code()).isEqualTo(1);
        assertThat(shell.run("db", "--set=polcy").errLines())
                .containsExactly("lockstep: --set takes safety, style, policy, not polcy; did you mean policy?");
    }
}
