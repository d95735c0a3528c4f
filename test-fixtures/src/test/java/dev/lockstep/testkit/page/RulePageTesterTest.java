package dev.lockstep.testkit.page;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tester catches a page that is wrong. */
class RulePageTesterTest {

    private static final String SETUP = """
            ```sql setup
            CREATE TABLE t (a int, b int);
            INSERT INTO t VALUES (1, 1), (2, 2);
            ```
            """;

    /** Reports every action of every ALTER TABLE, with whatever claim the test wants. */
    private record EveryAction(Hazard claim) implements StatementRule {

        @Override
        public RuleInfo info() {
            return new RuleInfo(
                    "every-action",
                    "An action",
                    RuleInfo.Category.LOCKING,
                    "0.1",
                    List.of(),
                    List.of(new Cause("any", Severity.WARNING, claim, "An action.", "")));
        }

        @Override
        public void check(StatementContext context, Reporter report) {
            if (context.statement() instanceof AlterTable alter) {
                alter.actions()
                        .forEach(action -> report.report(
                                Hit.at(action.span(), info().causes().get(0))));
            }
        }
    }

    private static RulePageTester tester(Hazard claim) {
        return new RulePageTester(List.of(new EveryAction(claim)));
    }

    private static void analyse(String blocks) {
        tester(Hazard.NONE).check("page", SETUP + blocks);
    }

    @Test
    void acceptsAPageThatMarksEveryFinding() {
        assertThatCode(() -> analyse("""
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int, DROP COLUMN a;
                --            ^^^^^^^^^^^^^^^^ every-action: any
                --                              ^^^^^^^^^^^^^ every-action: any
                ```
                ```sql safe
                CREATE TABLE u (a int);
                ```
                """)).doesNotThrowAnyException();
    }

    @Test
    void refusesAFindingThatIsNotMarked() {
        assertThatThrownBy(() -> analyse("""
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int, DROP COLUMN a;
                --            ^^^^^^^^^^^^^^^^ every-action: any
                ```
                """)).hasMessageContaining("1:33-1:46 every-action: any");
    }

    @Test
    void refusesAMarkWithoutAFinding() {
        assertThatThrownBy(() -> analyse("""
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int;
                --            ^^^^^^^^^^^^^^^^ every-action: any
                CREATE TABLE u (a int);
                --           ^ every-action: any
                ```
                """)).hasMessageContaining("marked findings that didn't come");
    }

    @Test
    void refusesAMarkOfOneColumnLess() {
        assertThatThrownBy(() -> analyse("""
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int;
                --            ^^^^^^^^^^^^^^^ every-action: any
                ```
                """)).hasMessageContaining("1:15-1:31 every-action: any");
    }

    @Test
    void refusesAnotherCause() {
        assertThatThrownBy(() -> analyse("""
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int;
                --            ^^^^^^^^^^^^^^^^ every-action: other
                ```
                """)).hasMessageContaining("1:15-1:31 every-action: any");
    }

    @Test
    void refusesAFindingInASafeBlock() {
        assertThatThrownBy(() -> analyse("""
                ```sql safe
                ALTER TABLE t ADD COLUMN c int;
                ```
                """)).hasMessageContaining("findings the block doesn't mark");
    }

    @Test
    void refusesAnUnsafeBlockWithoutMarks() {
        assertThatThrownBy(() -> analyse("""
                ```sql unsafe
                CREATE TABLE u (a int);
                ```
                """)).hasMessageContaining("an unsafe block marks findings");
    }

    @Test
    void refusesAnUnknownRole() {
        assertThatThrownBy(() -> analyse("""
                ```sql save
                CREATE TABLE u (a int);
                ```
                """)).hasMessageContaining("page:5: no such role of a block: save");
    }

    @OnEveryPostgres
    void acceptsAClaimTheServerShows(PgServer server) throws Exception {
        tester(Hazard.BLOCKING_WORK).checkTruth("page", SETUP + """
                ```sql unsafe
                ALTER TABLE t ALTER COLUMN a SET NOT NULL;
                --            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ every-action: any
                ```
                """, server);
    }

    @OnEveryPostgres
    void refusesAClaimTheServerDoesNotShow(PgServer server) {
        assertThatThrownBy(() -> tester(Hazard.BLOCKING_WORK).checkTruth("page", SETUP + """
                ```sql unsafe
                ALTER TABLE t ADD COLUMN c int;
                --            ^^^^^^^^^^^^^^^^ every-action: any
                ```
                """, server))
                .hasMessageContaining("shows BLOCKING_WORK");
    }

    @OnEveryPostgres
    void refusesHarmWithoutAFinding(PgServer server) {
        assertThatThrownBy(() -> tester(Hazard.NONE).checkTruth("page", SETUP + """
                ```sql safe
                CREATE INDEX ON t (a);
                ```
                """, server))
                .hasMessageContaining("works under a lock that blocks");
        assertThatThrownBy(() -> tester(Hazard.NONE).checkTruth("page", SETUP + """
                ```sql safe
                UPDATE t SET a = 0;
                ```
                """, server))
                .hasMessageContaining("writes every row");
        assertThatThrownBy(() -> tester(Hazard.NONE).checkTruth("page", SETUP + """
                ```sql safe
                INSERT INTO nowhere VALUES (1);
                ```
                """, server))
                .hasMessageContaining("fails");
    }
}
