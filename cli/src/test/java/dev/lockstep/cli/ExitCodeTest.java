package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.cli.TestRules.Broken;
import dev.lockstep.cli.TestRules.EveryStatement;
import dev.lockstep.cli.TestRules.Marked;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @TempDir
    Path directory;

    @Test
    void nothingFoundIsSuccess() {
        Outcome outcome = new Shell(directory)
                .file("V1__a.sql", "CREATE TABLE a (id bigint);\n")
                .run();

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("No findings.").endsWith("analysed 1 of 1 migration, 1 of 1 statement\n");
    }

    @ParameterizedTest
    @CsvSource({
        "error, error, 1", "error, warning, 0", "error, note, 0",
        "warning, error, 1", "warning, warning, 1", "warning, note, 0",
        "note, error, 1", "note, warning, 1", "note, note, 1",
        "never, error, 0", "never, warning, 0", "never, note, 0"
    })
    void failsFromTheThresholdOn(String threshold, String level, int code) {
        Outcome outcome = new Shell(directory)
                .rules(new Marked())
                .file("V1__a.sql", "/*" + level + "[*/SELECT 1/*]*/;\n")
                .run("--fail-on", threshold);

        assertThat(outcome.out()).contains(level + " [marked]");
        assertThat(outcome.code()).isEqualTo(code);
    }

    @Test
    void theDefaultThresholdIsError() {
        Shell shell = new Shell(directory).rules(new Marked()).file("V1__a.sql", "/*warning[*/SELECT 1/*]*/;\n");

        assertThat(shell.run().code()).isZero();
        assertThat(shell.file("V2__b.sql", "/*error[*/SELECT 1/*]*/;\n").run().code())
                .isEqualTo(1);
    }

    @Test
    void rulesCanBeGivenOtherLevelsOrNone() {
        Shell shell = new Shell(directory)
                .rules(new Marked(), new EveryStatement())
                .file("V1__a.sql", "/*error[*/SELECT 1/*]*/;\n");

        Outcome quieter = shell.run("--rule", "squawk:was-marked=note", "--rule", "every-statement=warning");
        Outcome off = shell.run("--rule", "was-marked=off", "--rule=every-statement=off");

        assertThat(quieter.out()).contains("note [marked]", "warning [every-statement]");
        assertThat(quieter.code()).isZero();
        assertThat(off.out()).startsWith("No findings.");
        assertThat(off.code()).isZero();
    }

    @Test
    void aSyntaxErrorIsAFinding() {
        Outcome outcome =
                new Shell(directory).file("V1__a.sql", "SELEC 1;\nSELECT 2;\n").run();

        assertThat(outcome.out())
                .contains("V1__a.sql:1:1: error [syntax-error]")
                .endsWith("analysed 0 of 1 migration, 1 of 2 statements (1 not understood: V1__a.sql:1)\n");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeReadWinsOverFindingsWhichStillPrint() {
        Outcome outcome =
                new Shell(directory).file("db/V1__a.sql", "DROP TABLE a;\n").run("db", "nowhere");

        assertThat(outcome.out()).contains("[drop-table]");
        assertThat(outcome.errLines()).contains("lockstep: nowhere: no such file or directory");
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void aRuleThatThrowsIsADefectAndEndsNoRun() {
        Outcome outcome = new Shell(directory)
                .rules(new Broken(), new EveryStatement())
                .file("V1__a.sql", "SELECT 1;\n")
                .run();

        assertThat(outcome.out()).contains("[every-statement]");
        assertThat(outcome.err())
                .contains(
                        "lockstep: a defect of the rule broken, at V1__a.sql:1:1:\n",
                        "IllegalStateException: a broken rule",
                        "at dev.lockstep.cli.TestRules$Broken.check");
        assertThat(outcome.code()).isEqualTo(3);
    }

    @Test
    void aCrashIsADefectWithItsStackTrace() {
        Shell shell = new Shell(directory).file("V1__a.sql", "SELECT 1;\n");

        Outcome outcome = shell.rules(new UnnamedRule()).run();

        assertThat(outcome.err())
                .contains("lockstep: a defect of Lockstep stopped this run; please report it with what follows\n")
                .contains("UnsupportedOperationException", "UnnamedRule.info");
        assertThat(outcome.code()).isEqualTo(3);
    }

    /** A rule so broken that it can't even say what it is called. */
    private static final class UnnamedRule implements dev.lockstep.rule.MigrationRule {
        @Override
        public dev.lockstep.rule.RuleInfo info() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(dev.lockstep.rule.MigrationContext context, dev.lockstep.rule.Reporter report) {
            throw new UnsupportedOperationException();
        }
    }
}
