package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.testkit.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lockstep explain}. */
class ExplainCommandTest {

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void files() {
        shell = new Shell(directory)
                .file("db/V1__orders.sql", """
                        CREATE TABLE orders (id bigint PRIMARY KEY, note text);
                        CREATE INDEX orders_note ON orders (note);
                        """)
                .file("db/V2__held.sql", """
                        ALTER TABLE orders ADD COLUMN status text;
                        UPDATE orders SET status = 'a | b';
                        COMMIT;
                        DROP INDEX orders_note;
                        """)
                .file("db/V3__mixed.sql", """
                        SET lock_timeout = '2s';
                        CREATE INDEX CONCURRENTLY orders_status ON orders (status);
                        """)
                .file("db/V4__alone.sql", "CREATE INDEX CONCURRENTLY orders_by_status ON orders (status);\n")
                .file("db/V5__required.sql", "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL;\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "markdown"})
    void looksLike(String format) {
        Outcome outcome = shell.run("explain", "db", "--format", format);

        Golden.check("explain/" + format + ".txt", outcome.out());
        assertThat(outcome.code()).isZero();
    }

    @Test
    void linesFitEightyColumns() {
        assertThat(shell.run("explain", "db").outLines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void explainsOnlyTheFileThatIsNamed() {
        assertThat(shell.run("explain", "db/V4__alone.sql").out())
                .contains("V4__alone.sql", "SHARE UPDATE EXCLUSIVE")
                .doesNotContain("V1__orders.sql");
    }

    @Test
    void rollingBackToASavepointGivesItsLocksBack() {
        Outcome outcome = shell.reading("""
                        BEGIN;
                        ALTER TABLE a ADD COLUMN b int;
                        SAVEPOINT s;
                        ALTER TABLE c ADD COLUMN d int;
                        ROLLBACK TO s;
                        UPDATE e SET f = 1;
                        COMMIT;
                        """).run("explain", "-");

        assertThat(outcome.out())
                .contains("since line 2: ACCESS EXCLUSIVE on a")
                .doesNotContain("since line 4");
    }

    @Test
    void nothingToExplainIsAnError() {
        assertThat(shell.run("explain", "nowhere").code()).isEqualTo(2);
    }
}
