package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.Shell.Outcome;
import dev.lockstep.cli.TestRules.EveryStatement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changelogs on the command line: directories, masters, included files, and files of SQL. */
class LiquibaseFilesTest {

    private static final String RESOURCES = "src/main/resources/db/changelog/";

    @TempDir
    Path directory;

    private Shell shell;

    @BeforeEach
    void project() {
        shell = new Shell(directory)
                .rules(new EveryStatement())
                .file(RESOURCES + "db.changelog-master.xml", """
                        <databaseChangeLog>
                          <include file="changes/1.yaml" relativeToChangelogFile="true"/>
                          <include file="db/changelog/changes/2.xml"/>
                          <changeSet id="m" author="a">
                            <customChange class="x.Y"/>
                          </changeSet>
                        </databaseChangeLog>
                        """)
                .file(RESOURCES + "changes/1.yaml", """
                        databaseChangeLog:
                          - changeSet:
                              id: 1
                              author: a
                              changes:
                                - sql: SELECT 1
                        """)
                .file(RESOURCES + "changes/2.xml", """
                        <databaseChangeLog>
                          <changeSet id="2" author="a"><dropTable tableName="t"/></changeSet>
                          <changeSet id="3" author="a"><sqlFile path="db/changelog/sql/3.sql"/></changeSet>
                        </databaseChangeLog>
                        """)
                .file(RESOURCES + "sql/3.sql", "SELECT 3;\n");
    }

    /** Where statements were found, in order. */
    private List<String> lint(String... arguments) {
        String[] all = new String[arguments.length + 3];
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        all[0] = "lint";
        all[1] = "--quiet";
        all[2] = "--format=gcc";
        return shell.run(all).outLines().stream()
                .map(line -> line.substring(line.lastIndexOf('/', line.indexOf(':')) + 1))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .toList();
    }

    @Test
    void aDirectoryIsReadFromItsMaster() {
        assertThat(lint(".")).containsExactly("1.yaml:6:16", "2.xml:2:32", "3.sql:1:1");
    }

    @Test
    void theMasterStandsForAllItIncludes() {
        assertThat(lint(RESOURCES + "db.changelog-master.xml"))
                .containsExactly("1.yaml:6:16", "2.xml:2:32", "3.sql:1:1");
    }

    @Test
    void anIncludedFileIsJudgedAlone() {
        assertThat(lint(RESOURCES + "changes/1.yaml")).containsExactly("1.yaml:6:16");
        assertThat(lint(RESOURCES + "sql/3.sql")).containsExactly("3.sql:1:1");
    }

    @Test
    void whatIsLostIsCountedAndNamed() {
        Outcome outcome = shell.run("lint", ".", "--verbose");

        assertThat(outcome.out())
                .contains("analysed 3 of 4 migrations, 3 of 4 statements")
                .contains("db.changelog-master.xml:5 customChange x.Y (not loaded)");
        assertThat(outcome.errLines())
                .containsExactly("lockstep: " + RESOURCES.substring(0, RESOURCES.length() - 1)
                        + ": taken for liquibase migrations, by " + RESOURCES
                        + "db.changelog-master.xml (--tool overrides)");
    }

    @Test
    void explainSpeaksOfChangesets() {
        assertThat(shell.run("explain", ".").out())
                .contains("one transaction, opened by Liquibase")
                .contains("DROP TABLE t");
    }
}
