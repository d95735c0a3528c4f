package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.cli.TestRules.EveryStatement;
import dev.lockstep.cli.TestRules.Marked;
import dev.lockstep.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    private static final String ODDITIES = """
            /*warning[*/SELECT 1/*]*/;
            \t/*error[*/SELECT\t'\u6f22\u5b57 \ud83d\ude80 e\u0301'/*]*/, /*note[*/2/*]*/;
            SELECT '\u001b[31mred\u202e', /*error[*/3/*]*/;
            /*error[*/SELECT
                4,
                5/*]*/;
            SELECT 'a long line that goes on and on', 'and on and on and on and on', /*warning[*/6/*]*/, 'and on and on';
            SELECT 'a long line that goes on and on', /*note[*/'marked from here on and on and on and on and on and on'/*]*/;
            COPY a FROM stdin;
            1
            \\.
            \\connect other
            -- lockstep:deployed no code names a any more
            DO $$ BEGIN END $$;
            CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
            SELEC 7;
            CREATE EXTENSION x;
            """;

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void files() {
        shell = new Shell(directory)
                .rules(new Marked())
                .file("db/V1__first.sql", "/*error[*/CREATE TABLE a (id bigint)/*]*/;\n")
                .file("db/V2__odd.sql", ODDITIES)
                .file("db/seed.sql", "SELECT 1;\n");
    }

    @ParameterizedTest
    @CsvSource({
        "text.txt, --format=text",
        "text-verbose.txt, --verbose",
        "text-quiet.txt, --quiet",
        "text-coloured.txt, --color=always",
        "gcc.txt, --format=gcc",
        "json.json, --format=json",
    })
    void looksLike(String golden, String option) {
        Outcome outcome = shell.run("lint", "db", option);

        Golden.check("report/" + golden, outcome.out());
        assertThat(outcome.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "json", "sarif"})
    void theSummaryOfMachineFormatsGoesToStandardError(String format) {
        Outcome outcome = shell.run("lint", "db", "--format", format);

        assertThat(outcome.errLines()).last().asString().startsWith("lockstep: analysed 1 of 2 migrations, ");
        assertThat(outcome.errLines()).anyMatch(line -> line.startsWith("lockstep: No deploy boundary: "));
        assertThat(outcome.out()).doesNotContain("analysed 1 of 2 migrations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "gcc"})
    void nothingInASourceReachesTheTerminalAsAControl(String format) {
        String out = shell.run("lint", "db", "--format", format).out();

        assertThat(out).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]").doesNotContain("\u202e");
    }

    @Test
    void linesFitTheTerminal() {
        for (int columns : new int[] {50, 80, 132}) {
            Outcome outcome = shell.with("COLUMNS", String.valueOf(columns)).run("lint", "db", "--quiet");

            assertThat(outcome.outLines())
                    .allSatisfy(line -> assertThat(dev.lockstep.cli.user.Printable.width(line))
                            .as(line)
                            .isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void colourIsForTerminalsWithoutObjections() {
        assertThat(shell.run("db").out()).doesNotContain("\u001b");
        assertThat(shell.onTerminal().run("db").out()).contains("\u001b[1;31m");
        assertThat(shell.run("db", "--color=never").out()).doesNotContain("\u001b");
        assertThat(shell.run("db", "--output=report.txt").out()).isEmpty();
        assertThat(directory.resolve("report.txt")).content().doesNotContain("\u001b");
        assertThat(shell.with("TERM", "dumb").run("db").out()).doesNotContain("\u001b");
        assertThat(shell.with("NO_COLOR", "1").with("TERM", "xterm").run("db").out())
                .doesNotContain("\u001b");
        assertThat(shell.run("db", "--color=always").out()).contains("\u001b[1;31m");
    }

    @Test
    void aReportFileIsReplacedWhole() throws IOException {
        shell.file("report.json", "{\"old\": true}");

        Outcome outcome = shell.run("db", "--format=json", "--output", "report.json");

        assertThat(outcome.out()).isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(directory.resolve("report.json").toFile())
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("db", "report.json");
        }
    }

    @Test
    void aLinkToAReportFileStays() throws IOException {
        shell.file("real/report.txt", "old");
        Files.createSymbolicLink(directory.resolve("report.txt"), Path.of("real/report.txt"));

        shell.run("db", "--output", "report.txt");

        assertThat(directory.resolve("report.txt")).isSymbolicLink();
        assertThat(directory.resolve("real/report.txt")).content().contains("[marked]");
    }

    @Test
    void sarifNamesFilesFromTheRootOfTheRepository() throws IOException {
        Files.createDirectory(directory.resolve(".git"));
        Shell below = new Shell(directory.resolve("db")).rules(new Marked());

        assertThat(uris(below.run("--format=sarif"))).containsExactlyInAnyOrder("db/V1__first.sql", "db/V2__odd.sql");
    }

    @Test
    void sarifOutsideARepositoryNamesFilesFromTheWorkingDirectory() throws IOException {
        assertThat(uris(shell.run("db", "--format=sarif"))).contains("db/V1__first.sql");
    }

    private static Set<String> uris(Outcome outcome) throws IOException {
        JsonNode results = new ObjectMapper().readTree(outcome.out()).at("/runs/0/results");
        assertThat(results.size()).isGreaterThan(3);
        return Stream.iterate(0, i -> i < results.size(), i -> i + 1)
                .map(i -> results.get(i)
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .collect(Collectors.toSet());
    }

    @Test
    void findingsOfSeveralHistoriesHaveDistinctFingerprints() throws IOException {
        Shell twice = new Shell(directory)
                .rules(new EveryStatement())
                .file("x/1.sql", "SELECT 1;\n")
                .file("y/1.sql", "SELECT 1;\n");

        JsonNode findings = new ObjectMapper()
                .readTree(twice.run("x", "y", "--format=json").out())
                .path("findings");

        assertThat(findings.findValuesAsText("fingerprint")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aFullDiskIsNotSuccess() {
        java.io.PrintStream full = new java.io.PrintStream(new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
        int code = Main.run(
                new Console(
                        java.io.InputStream.nullInputStream(),
                        full,
                        new java.io.PrintStream(err),
                        new Environment(directory, java.util.Map.of(), false)),
                java.util.List.of(),
                "db");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(java.nio.charset.StandardCharsets.UTF_8))
                .contains("standard output could not be written");
    }
}
