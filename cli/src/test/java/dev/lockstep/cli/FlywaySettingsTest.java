package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Flyway project with settings, from the command line. */
class FlywaySettingsTest {

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void files() {
        shell = new Shell(directory)
                .file("flyway.toml", """
                        [flyway]
                        locations = ["filesystem:sql/tables", "filesystem:sql/views"]
                        mixed = "${env.MIXED}"
                        """)
                .file("sql/tables/V1__orders.sql", """
                        CREATE TABLE orders (id bigint PRIMARY KEY, note text);
                        """)
                .file("sql/tables/more/V2__drop.sql", """
                        CREATE TABLE ${schema}.refunds (id bigint PRIMARY KEY);
                        ALTER TABLE orders DROP COLUMN note;
                        """)
                .file("sql/views/R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM orders;\n")
                .file("sql/other/V3__none.sql", "DROP TABLE orders;\n");
    }

    @Test
    void theSettingsAreNamedAndFollowed() {
        Outcome outcome = shell.run("lint", ".");

        assertThat(outcome.err())
                .contains("sql: taken for flyway migrations, by flyway.toml")
                .contains("flyway.toml: Flyway's mixed is ${env.MIXED}");
        assertThat(outcome.out()).contains("drop-column").doesNotContain("V3__none.sql:");
        assertThat(outcome.out()).contains("analysed 3 of 3 migrations");
    }

    /** One placeholder without a value leaves every other statement analysed. */
    @Test
    void anUnknownPlaceholderLosesNothing() {
        Outcome outcome = shell.run("lint", ".");

        assertThat(outcome.out())
                .contains("unresolved-placeholder")
                .contains("drop-column")
                .contains("4 of 4 statements");
    }

    @Test
    void aNamedFileIsJudgedAfterAllLocations() {
        Outcome outcome = shell.run("lint", "sql/tables/more/V2__drop.sql");

        assertThat(outcome.err()).contains("by flyway.toml");
        assertThat(outcome.out()).contains("drop-column").contains("analysed 1 of 1 migration");
    }
}
