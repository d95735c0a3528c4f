package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void files() {
        shell = new Shell(directory).file("db/V1__a.sql", "DROP TABLE a;\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tol=x                     | unknown option --tol; did you mean --tool?",
                "-x                          | unknown option -x (see `lockstep lint --help`)",
                "lint --since                | --since needs a value: GIT_REF",
                "lint --tool plain --tool plain | --tool is given twice",
                "lnit                        | there is no command or file lnit; did you mean lint?",
                "rules a b                   | unexpected argument b (see `lockstep rules --help`)",
                "rules setnotnull            | there is no rule setnotnull; did you mean set-not-null?",
                "rules zzz                   | there is no rule zzz (`lockstep rules` lists them)",
                "db --format txt             | --format takes text, gcc, json, sarif, not txt; did you mean text?",
                "db --tool flywy             | --tool takes auto, liquibase, refinery, flyway, sqitch, drizzle, prisma, supabase, goose, dbmate,"
                        + " node-pg-migrate, hasura, diesel, sqlx, golang-migrate, plain, not flywy; did you mean flyway?",
                "db --fail-on warn           | --fail-on takes error, warning, note, never, not warn; did you mean warning?",
                "db --color blue             | --color takes auto, always, never, not blue",
                "db --pg-version 13          | --pg-version takes a major version from 14 to 18, not 13",
                "db --pg-version x           | --pg-version takes a major version from 14 to 18, not x",
                "db --rule drop-table        | --rule takes ID=LEVEL, not drop-table",
                "db --rule drop-tabel=off    | there is no rule drop-tabel; did you mean drop-table?",
                "db --rule drop-table=of     | --rule drop-table takes error, warning, note, off, not of; did you mean off?",
                "db --stdin-filename x.sql   | --stdin-filename needs - among the paths",
                "db --quiet --verbose        | --quiet and --verbose exclude each other",
                "db --output no/where.txt    | --output no/where.txt: its directory does not exist",
                "db --output db              | --output db: not a file",
            })
    void wrongUsageIsOneLineThatNamesWhatWasMeant(String arguments, String message) {
        Outcome outcome = shell.run(arguments.split(" +"));

        assertThat(outcome.errLines()).containsExactly("lockstep: " + message);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void controlCharactersInArgumentsAreShownNotSent() {
        assertThat(shell.run("lint", "\u001b[31mred").err())
                .isEqualTo("lockstep: \\x1b[31mred: no such file or directory\n");
    }

    @Test
    void lintIsTheDefaultCommand() {
        Outcome explicit = shell.run("lint", "db");

        assertThat(shell.run("db")).isEqualTo(explicit);
        assertThat(explicit.out()).contains("[drop-table]");
    }

    @Test
    void withoutPathTheWorkingDirectoryIsLinted() {
        assertThat(shell.run().out()).contains("db/V1__a.sql:1:12: error [drop-table]");
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        Outcome help = shell.run("--help");
        Outcome lintHelp = shell.run("lint", "--help");
        Outcome version = shell.run("--version");

        assertThat(help.out()).contains("lint", "rules", "Exit codes:");
        assertThat(lintHelp.out()).contains("--since=GIT_REF", "merge base", "the current directory");
        assertThat(version.out()).matches("lockstep \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(help.err() + lintHelp.err() + version.err()).isEmpty();
        assertThat(help.code() + lintHelp.code() + version.code()).isZero();
    }

    @Test
    void helpFitsEightyColumns() {
        assertThat(shell.run("lint", "--help").outLines()).allMatch(line -> line.length() <= 80);
        assertThat(shell.run("--help").outLines()).allMatch(line -> line.length() <= 80);
    }
}
