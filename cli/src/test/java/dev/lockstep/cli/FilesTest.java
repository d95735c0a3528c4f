package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.cli.TestRules.EveryStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

    private static final String STATEMENT = "SELECT 1;\n";

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void shell() {
        shell = new Shell(directory).rules(new EveryStatement());
    }

    /** The files that got findings, in order. */
    private static List<String> linted(Outcome outcome) {
        return outcome.outLines().stream()
                .map(line -> line.substring(0, line.indexOf(':')))
                .distinct()
                .toList();
    }

    private List<String> lint(String... arguments) {
        String[] all = new String[arguments.length + 3];
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        all[0] = "lint";
        all[1] = "--quiet";
        all[2] = "--format=gcc";
        return linted(shell.run(all));
    }

    @Test
    void flywayMigrationsRunInVersionOrder() {
        shell.file("db/V10__c.sql", STATEMENT)
                .file("db/V9__b.sql", STATEMENT)
                .file("db/R__view.sql", STATEMENT)
                .file("db/sub/V2__a.sql", STATEMENT);

        assertThat(lint("db")).containsExactly("db/sub/V2__a.sql", "db/V9__b.sql", "db/V10__c.sql", "db/R__view.sql");
        assertThat(shell.run("db").errLines())
                .containsExactly("lockstep: db: taken for flyway migrations (--tool overrides)");
    }

    @Test
    void plainScriptsRunInNaturalOrder() {
        shell.file("db/10_b.sql", STATEMENT).file("db/9_a.sql", STATEMENT);

        assertThat(lint("db")).containsExactly("db/9_a.sql", "db/10_b.sql");
    }

    @Test
    void theToolCanBeTold() {
        shell.file("db/V10__b.sql", STATEMENT).file("db/V9__a.sql", STATEMENT).file("db/seed.sql", STATEMENT);

        assertThat(lint("db", "--tool=plain")).containsExactly("db/V9__a.sql", "db/V10__b.sql", "db/seed.sql");
        assertThat(lint("db", "--tool=flyway")).containsExactly("db/V9__a.sql", "db/V10__b.sql");
        assertThat(shell.run("db", "--tool=flyway").err()).isEmpty();
    }

    @Test
    void whatTheToolDoesNotRunIsCountedAndListedOnDemand() {
        shell.file("db/V1__a.sql", STATEMENT).file("db/seed.sql", STATEMENT).file("db/U1__a.sql", STATEMENT);

        assertThat(shell.run("db").out())
                .contains("2 SQL files are not run forward by the migration tool and not linted")
                .doesNotContain("seed.sql");
        assertThat(shell.run("db", "--verbose").out())
                .contains("db/U1__a.sql: not linted: an undo migration\n")
                .contains("db/seed.sql: not linted: not named as a Flyway migration\n");
    }

    @Test
    void hiddenFoldersPackagesAndBuildOutputAreSkippedBelowADirectory() {
        shell.file("db/1.sql", STATEMENT)
                .file("db/.git/2.sql", STATEMENT)
                .file("db/node_modules/3.sql", STATEMENT)
                .file("db/target/4.sql", STATEMENT)
                .file("db/build/5.sql", STATEMENT)
                .file("db/out/6.sql", STATEMENT)
                .file("db/7.SQL", STATEMENT)
                .file("db/8.txt", STATEMENT);

        assertThat(lint("db")).containsExactly("db/1.sql", "db/7.SQL");
        assertThat(lint("db/target")).containsExactly("db/target/4.sql");
    }

    @Test
    void severalFlywayLocationsAreSeveralDatabases() {
        shell.rules(dev.lockstep.rules.BuiltinRules.all().toArray(dev.lockstep.rule.Rule[]::new))
                .file("a/db/migration/V1__t.sql", "CREATE TABLE t (id bigint);\n")
                .file("b/db/migration/V1__t.sql", "CREATE TABLE t (id bigint);\n");

        Outcome outcome = shell.run(".");

        assertThat(outcome.errLines())
                .containsExactly(
                        "lockstep: a/db/migration: taken for flyway migrations (--tool overrides)",
                        "lockstep: b/db/migration: taken for flyway migrations (--tool overrides)");
        assertThat(outcome.out()).endsWith("analysed 2 of 2 migrations, 2 of 2 statements\n");
    }

    @Test
    void aNamedFileIsJudgedAfterTheOthersOfItsDirectoryWereReplayed() {
        Shell real = new Shell(directory)
                .file("V1__t.sql", "CREATE TABLE t (id bigint, n int);\n")
                .file("V2__c.sql", "ALTER TABLE t ADD CONSTRAINT c CHECK (n IS NOT NULL) NOT VALID;\n")
                .file("V3__v.sql", "ALTER TABLE t VALIDATE CONSTRAINT c;\n")
                .file("V4__n.sql", "ALTER TABLE t ALTER COLUMN n SET NOT NULL;\n")
                .file("V5__d.sql", "DROP TABLE t;\n");

        Outcome outcome = real.run("V4__n.sql");

        assertThat(outcome.out()).startsWith("No findings.").endsWith("analysed 1 of 1 migration, 1 of 1 statement\n");
        assertThat(real.file("V3__v.sql", "SELECT 1;\n").run("V4__n.sql").out())
                .contains("V4__n.sql:1:15: error [set-not-null]")
                .doesNotContain("V5__d.sql");
    }

    @Test
    void aNamedFileInAFlywayLocationIsReplayedAfterTheWholeLocation() {
        Shell real = new Shell(directory)
                .file("db/migration/old/V1__t.sql", "CREATE TABLE t (n int CONSTRAINT c CHECK (n IS NOT NULL));\n")
                .file("db/migration/new/V2__n.sql", "ALTER TABLE t ALTER COLUMN n SET NOT NULL;\n");

        assertThat(real.run("db/migration/new/V2__n.sql").out()).startsWith("No findings.");
    }

    @Test
    void aFlywayScriptIsReadWithItsSettings() {
        Shell real = new Shell(directory)
                .file("V1__t.sql", "CREATE TABLE t (n int);\n")
                .file("V2__i.sql", "SET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY i ON t (n);\n");

        assertThat(real.run("V2__i.sql").code()).isEqualTo(1);
        assertThat(real.file("V2__i.sql.conf", "executeInTransaction=false\n")
                        .run("V2__i.sql")
                        .code())
                .isZero();
    }

    @Test
    void standardInputStandsInForAFile() {
        Shell real = new Shell(directory)
                .file("db/V1__t.sql", "CREATE TABLE t (n int);\n")
                .file("db/V2__x.sql", "SELECT 1;\n")
                .reading("ALTER TABLE t ALTER COLUMN n SET NOT NULL;\n");

        Outcome existing = real.run("-", "--stdin-filename", "db/V2__x.sql", "--quiet", "--format=gcc");
        Outcome fresh = real.run("-", "--stdin-filename", "db/V3__y.sql", "--quiet", "--format=gcc");

        assertThat(existing.out()).startsWith("db/V2__x.sql:1:15: error: ").hasLineCount(1);
        assertThat(fresh.out()).startsWith("db/V3__y.sql:1:15: error: ").hasLineCount(1);
    }

    @Test
    void standardInputWithoutANameIsAPlainScript() {
        shell.file("V1__t.sql", STATEMENT).reading(STATEMENT);

        assertThat(lint("-")).containsExactly("<stdin>");
    }

    @Test
    void nothingIsLintedTwice() throws IOException {
        shell.file("db/V1__a.sql", STATEMENT).file("db/V2__b.sql", STATEMENT);
        Files.createSymbolicLink(directory.resolve("db/V1__alias.sql"), Path.of("V1__a.sql"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("db"));
        Files.createSymbolicLink(directory.resolve("db/loop"), Path.of("."));

        assertThat(lint("db", "db/V1__a.sql", "db/../db", "link", ".")).containsExactly("db/V1__a.sql", "db/V2__b.sql");
        assertThat(shell.run("db", "link", "--quiet").errLines()).isEmpty();
    }

    @Test
    void anEmptyDirectoryIsAnError() throws IOException {
        Files.createDirectory(directory.resolve("empty"));

        Outcome outcome = shell.run("empty");

        assertThat(outcome.errLines())
                .containsExactly("lockstep: empty: no migrations in this directory (no .sql file)");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aDirectoryWithoutMigrationsIsAnError() {
        Outcome outcome = shell.file("db/seed.sql", STATEMENT).run("db", "--tool", "flyway");

        assertThat(outcome.errLines())
                .containsExactly("lockstep: db: no migrations in this directory (1 .sql file, none that flyway runs:"
                        + " not named as a Flyway migration)");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aNamedFileThatItsToolDoesNotRunIsSaidToBePassedOver() {
        shell.file("db/V1__a.sql", STATEMENT).file("db/U1__a.sql", STATEMENT);

        Outcome alone = shell.run("db/U1__a.sql");
        Outcome besides = shell.run("db/U1__a.sql", "db/V1__a.sql", "--fail-on=never");

        String line = "lockstep: db/U1__a.sql: not linted, flyway does not run it (an undo migration);"
                + " --tool plain lints it all the same";
        assertThat(alone.errLines()).containsExactly(line, "lockstep: no migration was read");
        assertThat(alone.code()).isEqualTo(2);
        assertThat(besides.errLines()).contains(line);
        assertThat(besides.code()).isZero();
    }

    @Test
    void aBrokenLinkCanNotBeRead() throws IOException {
        shell.file("db/V1__a.sql", STATEMENT);
        Files.createSymbolicLink(directory.resolve("db/V2__b.sql"), Path.of("gone.sql"));

        Outcome outcome = shell.run("db");

        assertThat(outcome.errLines())
                .contains("lockstep: db/V2__b.sql: could not be read: no such file (a broken link?)");
        assertThat(outcome.out()).contains("db/V1__a.sql:1:1");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void anUnreadableFileIsAnErrorAndTheOthersAreLinted() throws IOException {
        shell.file("db/V1__a.sql", STATEMENT).file("db/V2__b.sql", STATEMENT);
        Path unreadable = directory.resolve("db/V2__b.sql");
        Files.setPosixFilePermissions(unreadable, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(unreadable), "root reads everything");

        Outcome outcome = shell.run("db");

        assertThat(outcome.errLines()).contains("lockstep: db/V2__b.sql: could not be read: permission denied");
        assertThat(outcome.out()).contains("db/V1__a.sql:1:1");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void pathsOutsideTheWorkingDirectoryAreShownWhole(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("1.sql"), STATEMENT);

        assertThat(lint(elsewhere.toString()))
                .containsExactly(elsewhere.resolve("1.sql").toString());
    }

    @Test
    void theEditorsFormatCanNameAbsolutePaths() {
        shell.file("db/1.sql", STATEMENT);

        assertThat(lint("db", "--absolute-paths"))
                .containsExactly(directory.resolve("db/1.sql").toString());
    }

    @Test
    void linksOutOfTheRepositoryAreFollowedOnlyOnDemand(@TempDir Path elsewhere) throws IOException {
        Files.createDirectories(elsewhere.resolve("dir"));
        Files.writeString(elsewhere.resolve("2.sql"), STATEMENT);
        Files.writeString(elsewhere.resolve("dir/3.sql"), STATEMENT);
        shell.file("db/1.sql", STATEMENT);
        Files.createSymbolicLink(directory.resolve("db/2.sql"), elsewhere.resolve("2.sql"));
        Files.createSymbolicLink(directory.resolve("db/dir"), elsewhere.resolve("dir"));

        Outcome kept = shell.run("db", "--quiet", "--format=gcc");

        assertThat(linted(kept)).containsExactly("db/1.sql");
        assertThat(kept.errLines())
                .containsExactlyInAnyOrder(
                        "lockstep: db/2.sql: not followed, it leads out of the repository; --follow-outside follows it",
                        "lockstep: db/dir: not followed, it leads out of the repository; --follow-outside follows it");
        assertThat(kept.code()).isEqualTo(2);
        assertThat(lint("db", "--follow-outside")).containsExactly("db/1.sql", "db/2.sql", "db/dir/3.sql");
    }

    @Test
    void aPlaceholderWithoutAValueLosesNothingAndIsCounted() {
        Outcome outcome = new Shell(directory)
                .file(
                        "1.sql",
                        "CREATE TABLE ${schema}.a (n int);\nCREATE TABLE b (n int);\n{{ grants }};\nCREATE TABLE c (n int);\n")
                .run(".");

        assertThat(outcome.out())
                .contains("The value of ${schema} is not known")
                .endsWith("analysed 0 of 1 migration, 3 of 4 statements, 1 of them with a placeholder of unknown value"
                        + " (1 not understood: 1.sql:3)\n");
    }

    @Test
    void includesStayInTheRepositoryUnlessToldOtherwise() throws IOException {
        Files.createDirectories(directory.resolve("repository/.git"));
        shell.file("outside.sql", STATEMENT)
                .file("repository/inside.sql", STATEMENT)
                .file("repository/db/1.sql", "\\i ../../outside.sql\n\\ir ../inside.sql\n");

        Outcome kept = shell.run("repository/db", "--verbose", "--fail-on=never");

        assertThat(kept.out())
                .contains("repository/inside.sql:1:1")
                .doesNotContain("outside.sql:1:1")
                .contains("1 not understood: repository/db/1.sql:1 psql \\i ../../outside.sql");
        assertThat(lint("repository/db", "--follow-outside")).containsExactly("outside.sql", "repository/inside.sql");
    }
}
