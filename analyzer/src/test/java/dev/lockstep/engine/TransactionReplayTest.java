package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Table;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Sql;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionReplayTest {

    private static TransactionReplay run(Mode mode, String sql) {
        TransactionReplay replay = new TransactionReplay(Catalog.empty(), mode, 4, 5);
        for (Statement statement :
                Sql.accepted(sql.replaceAll("\\+(\\w)", "CREATE TABLE $1 ()")).statements()) {
            replay.run(statement);
        }
        return replay;
    }

    private static String tables(Catalog catalog) {
        TreeSet<String> names = new TreeSet<>();
        for (Table table : catalog.tables()) {
            names.add(table.name().name());
        }
        return String.join(" ", names);
    }

    /** A plus and a letter stand for CREATE TABLE; then the tables at the end of the file in either mode. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    +a; +b                                                         | a b   | a b
                    BEGIN; +a; COMMIT; +b                                          | a b   | a b
                    BEGIN; +a; ROLLBACK; +b                                        | b     | b
                    +a; BEGIN; +b; ROLLBACK; +c                                    | a c   | c
                    +a; ROLLBACK; +b                                               | a b   | b
                    +a; COMMIT; +b; ROLLBACK; +c                                   | a b c | a c
                    BEGIN; +a; BEGIN; +b; COMMIT                                   | a b   | a b
                    BEGIN; +a                                                      | -     | a
                    BEGIN; +a; COMMIT AND CHAIN; +b; ROLLBACK; +c                  | a c   | a c
                    BEGIN; +a; ROLLBACK AND CHAIN; +b; COMMIT                      | b     | b
                    BEGIN; +a; SAVEPOINT s; +b; ROLLBACK TO s; +c; COMMIT          | a c   | a c
                    BEGIN; SAVEPOINT s; +a; SAVEPOINT s; +b; ROLLBACK TO s; COMMIT | a     | a
                    BEGIN; SAVEPOINT s; +a; SAVEPOINT t; +b; ROLLBACK TO s; +c; ROLLBACK TO s; COMMIT | - | -
                    BEGIN; SAVEPOINT s; +a; SAVEPOINT s; +b; RELEASE s; +c; ROLLBACK TO s; COMMIT | - | -
                    BEGIN; SAVEPOINT s; +a; SAVEPOINT t; +b; RELEASE s; ROLLBACK TO s; COMMIT | a b | a b
                    BEGIN; +a; SAVEPOINT s; +b; ROLLBACK; +c                       | c     | c
                    BEGIN; +a; PREPARE TRANSACTION 'x'; ROLLBACK; +b               | a b   | a b
                    START TRANSACTION; +a; ABORT                                   | -     | -
                    BEGIN; +a; END                                                 | a     | a
                    """)
    void tablesThatRemain(String sql, String autocommit, String oneTransaction) {
        assertThat(tables(run(Mode.AUTOCOMMIT, sql).end())).isEqualTo(autocommit == null ? "" : autocommit);
        assertThat(tables(run(Mode.ONE_TRANSACTION, sql).end()))
                .isEqualTo(oneTransaction == null ? "" : oneTransaction);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT 1; SELECT 2                  | 2 | 0
                    BEGIN; SELECT 1; SELECT 2           | 0 | 0
                    BEGIN; SELECT 1; COMMIT             | 1 | 1
                    BEGIN; SELECT 1; ROLLBACK; SELECT 1 | 2 | 1
                    BEGIN; SAVEPOINT s; ROLLBACK TO s   | 0 | 0
                    """)
    void transactionsAreNumbered(String sql, int autocommit, int oneTransaction) {
        assertThat(run(Mode.AUTOCOMMIT, sql).now().transaction()).isEqualTo(autocommit);
        assertThat(run(Mode.ONE_TRANSACTION, sql).now().transaction()).isEqualTo(oneTransaction);
        assertThat(run(Mode.AUTOCOMMIT, sql).now().deploy()).isEqualTo(4);
        assertThat(run(Mode.AUTOCOMMIT, sql).now().migration()).isEqualTo(5);
    }

    @Test
    void theOpenerIsKnown() {
        assertThat(run(Mode.AUTOCOMMIT, "SELECT 1").openedBy()).isEqualTo(Opener.NOBODY);
        assertThat(run(Mode.AUTOCOMMIT, "BEGIN").openedBy()).isEqualTo(Opener.FILE);
        assertThat(run(Mode.AUTOCOMMIT, "BEGIN; COMMIT").openedBy()).isEqualTo(Opener.NOBODY);
        assertThat(run(Mode.AUTOCOMMIT, "BEGIN; COMMIT AND CHAIN").inBlock()).isTrue();
        assertThat(run(Mode.ONE_TRANSACTION, "COMMIT").openedBy()).isEqualTo(Opener.TOOL);
    }

    @Test
    void aSettingOfTheTransactionEndsWithIt() {
        String sql = "BEGIN; SET LOCAL search_path = app; %s; ";
        for (String end : List.of("COMMIT", "ROLLBACK")) {
            assertThat(run(Mode.AUTOCOMMIT, String.format(sql, end)).catalog().searchPath())
                    .containsExactly("public");
            assertThat(run(Mode.ONE_TRANSACTION, String.format(sql, end))
                            .catalog()
                            .searchPath())
                    .containsExactly("public");
        }
        assertThat(run(Mode.AUTOCOMMIT, String.format(sql, "SELECT 1"))
                        .catalog()
                        .searchPath())
                .containsExactly("app");
        assertThat(run(Mode.AUTOCOMMIT, "BEGIN; SET search_path = app; COMMIT")
                        .catalog()
                        .searchPath())
                .containsExactly("app");
        assertThat(run(Mode.AUTOCOMMIT, "BEGIN; SET search_path = app; ROLLBACK")
                        .catalog()
                        .searchPath())
                .containsExactly("public");
        assertThat(run(Mode.AUTOCOMMIT, "SET LOCAL search_path = app").catalog().searchPath())
                .containsExactly("public");
    }
}
