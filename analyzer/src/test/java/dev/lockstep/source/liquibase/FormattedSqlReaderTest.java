package dev.lockstep.source.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.text.SourceText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FormattedSqlReaderTest {

    private static ChangeLogFile read(String sql) {
        return FormattedSqlReader.read(SourceText.of("c.sql", sql));
    }

    private static List<ChangeLogNode> changeSets(String sql) {
        return read(sql).root().children("changeSet").toList();
    }

    private static String sql(ChangeLogNode changeSet) {
        return changeSet.child("sql").orElseThrow().value().text();
    }

    @Test
    void attributesStandOnTheChangesetLine() {
        ChangeLogNode changeSet = changeSets("""

                -- liquibase formatted sql
                -- changeset "ann smith":"a 1" runInTransaction:false splitstatements:FALSE endDelimiter:// context:"a or b" dbms:postgresql,h2
                SELECT 1
                """).get(0);

        assertThat(changeSet.text("author")).contains("ann smith");
        assertThat(changeSet.text("id")).contains("a 1");
        assertThat(changeSet.flag("runInTransaction", true)).isFalse();
        assertThat(changeSet.text("context")).contains("a or b");
        assertThat(changeSet.text("dbms")).contains("postgresql,h2");
        ChangeLogNode sql = changeSet.child("sql").orElseThrow();
        assertThat(sql.flag("splitStatements", true)).isFalse();
        assertThat(sql.text("endDelimiter")).contains("//");
    }

    @Test
    void instructionsAreNoSql() {
        ChangeLogNode changeSet = changeSets("""
                --liquibase formatted sql
                --changeset a:1
                --comment: what it is for
                --preconditions onFail:MARK_RAN
                --precondition-sql-check expectedResult:0 SELECT 1
                --validCheckSum: 9:abc
                SELECT 1; -- said
                --rollback SELECT 2;
                --rollback SELECT 3;
                --ignoreLines:2
                SELECT 4;
                SELECT 5;
                /* liquibase rollback
                SELECT 6; */
                """).get(0);

        assertThat(sql(changeSet)).isEqualTo("SELECT 1; -- said\n");
        assertThat(changeSet.child("rollback").orElseThrow().value().text())
                .isEqualTo("SELECT 2;\nSELECT 3;\nSELECT 6; ");
    }

    @Test
    void otherSqlIsOneChangeset() {
        ChangeLogNode raw = changeSets("SELECT 1;\n").get(0);

        assertThat(raw.text("id")).contains("raw");
        assertThat(raw.text("author")).contains("includeAll");
        assertThat(changeSets("  \n")).isEmpty();
    }

    @Test
    void linesThatLiquibaseRefusesAreNamed() {
        ChangeLogFile file =
                read("--liquibase formatted sql\n--changeset nobody\nSELECT 1;\n--changeset a:2\nSELECT 2;\n");

        assertThat(file.lost())
                .singleElement()
                .satisfies(lost -> assertThat(lost.place().start()).hasToString("2:1"));
        assertThat(file.root().children("changeSet"))
                .singleElement()
                .satisfies(node -> assertThat(sql(node)).isEqualTo("SELECT 2;\n"));
    }

    @Test
    void aLongFileIsReadInOneGo() {
        String line = "INSERT INTO t VALUES (1); -- x\n--rollback DELETE FROM t;\n";
        ChangeLogNode changeSet = changeSets("--liquibase formatted sql\n--changeset a:1\n" + line.repeat(50_000))
                .get(0);

        assertThat(sql(changeSet).lines()).hasSize(50_000);
    }
}
