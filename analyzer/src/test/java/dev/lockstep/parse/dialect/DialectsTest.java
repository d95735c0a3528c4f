package dev.lockstep.parse.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements of other databases are told by their marks, and get the form that PostgreSQL has. */
class DialectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CREATE TABLE t (id int NOT NULL AUTO_INCREMENT)           | MySQL      | AUTO_INCREMENT
            CREATE TABLE t (id int) ENGINE=InnoDB                     | MySQL      | ENGINE=
            CREATE TABLE t (a int UNSIGNED)                           | MySQL      | UNSIGNED
            CREATE TABLE t (a int COMMENT 'how many')                 | MySQL      | COMMENT behind a column
            CREATE TABLE t (a int, KEY by_a (a))                      | MySQL      | an index inside the table
            ALTER TABLE t MODIFY COLUMN a bigint                      | MySQL      | MODIFY COLUMN
            ALTER TABLE t MODIFY (a NUMBER(10))                       | Oracle     | MODIFY (…)
            ALTER TABLE t CHANGE a b int                              | MySQL      | CHANGE COLUMN
            ALTER TABLE t ADD COLUMN a int AFTER b                    | MySQL      | AFTER and FIRST
            ALTER TABLE t ADD (a int, b int)                          | Oracle     | ADD (column …)
            ALTER TABLE t DROP FOREIGN KEY f                          | MySQL      | DROP of a key or index
            ALTER TABLE t ADD UNIQUE KEY k (a)                        | MySQL      | a key inside the table
            ALTER TABLE t ALTER COLUMN a bigint                       | SQL Server | ALTER COLUMN without TYPE
            SELECT `a` FROM t                                         | MySQL      | a name in backticks
            SELECT [a] FROM [dbo].[t]                                 | SQL Server | a name in brackets
            SELECT TOP 5 * FROM t                                     | SQL Server | TOP
            UPDATE t JOIN u ON t.a = u.a SET t.b = 1                  | MySQL      | UPDATE … JOIN
            REPLACE INTO t VALUES (1)                                 | MySQL      | REPLACE INTO
            INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 2    | MySQL      | ON DUPLICATE KEY UPDATE
            INSERT OR IGNORE INTO t VALUES (1)                        | SQLite     | INSERT OR …
            GO                                                        | SQL Server | GO
            DELIMITER //                                              | MySQL      | DELIMITER
            EXECUTE IMMEDIATE 'x'                                     | Oracle     | EXECUTE IMMEDIATE
            """)
    void tells(String statement, String dialect, String construct) {
        assertThat(Dialects.of(statement))
                .hasValueSatisfying(syntax ->
                        assertThat(syntax.dialect() + ": " + syntax.construct()).isEqualTo(dialect + ": " + construct));
    }

    @Test
    void writesTheBatchDown() {
        assertThat(Dialects.of("UPDATE orders SET status = 'old', n = 1 WHERE status IS NULL LIMIT 1000"))
                .map(ForeignSyntax::advice)
                .contains(
                        "Pick the rows in a sub-select: UPDATE orders SET status = 'old', n = 1 WHERE ctid = ANY (ARRAY"
                                + " (SELECT ctid FROM orders WHERE status IS NULL LIMIT 1000))");
        assertThat(Dialects.of("DELETE FROM orders WHERE id < 5 ORDER BY id LIMIT 10"))
                .map(ForeignSyntax::advice)
                .contains(
                        "Pick the rows in a sub-select: DELETE FROM orders WHERE ctid = ANY (ARRAY (SELECT ctid FROM orders"
                                + " WHERE id < 5 ORDER BY id LIMIT 10))");
    }

    @Test
    void words() {
        assertThat(Words.of("-- AUTO_INCREMENT\nSELECT 'ENGINE=x' /* GO */;")).isEqualTo("SELECT 'S'");
    }

    @Test
    void aTypingErrorIsNobodysSql() {
        assertThat(Dialects.of("ALTER TABEL orders ADD COLUMN a int")).isEmpty();
        assertThat(Dialects.of("SELEC 1")).isEmpty();
        assertThat(Dialects.of("CREATE INDEX ON ON t (a)")).isEmpty();
    }

    @Test
    void anythingGoes() {
        assertThat(Dialects.of("")).isEmpty();
        assertThat(Dialects.of("'unfinished")).isEmpty();
        assertThat(Dialects.of("(".repeat(50_000))).isEmpty();
    }
}
