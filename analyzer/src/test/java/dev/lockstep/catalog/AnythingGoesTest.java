package dev.lockstep.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Corpus;
import dev.lockstep.testing.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The replay takes what comes, in any order, also what no server would accept. */
class AnythingGoesTest {

    @Test
    void statementsInAnyOrder() {
        List<Statement> statements = new ArrayList<>();
        for (Corpus.Entry entry : Corpus.entries()) {
            statements.addAll(Sql.accepted(entry.sql() + ";").statements());
        }
        for (int seed = 0; seed < 40; seed++) {
            Collections.shuffle(statements, new Random(seed));
            Catalog catalog = Catalog.empty();
            for (Statement statement : statements) {
                catalog = CatalogReplay.apply(catalog, statement, Replayed.NOW).atTransactionEnd();
            }
            assertThat(catalog.inNewSession().tables())
                    .noneMatch(table -> table.name().schema().equals(Catalog.TEMPORARY));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a () INHERITS (a); ALTER TABLE a ADD COLUMN x int",
                "CREATE TABLE a (); CREATE TABLE b () INHERITS (a); ALTER TABLE a INHERIT b; ALTER TABLE a ADD x int, DROP x",
                "CREATE TABLE a (); CREATE TABLE b () INHERITS (a); ALTER TABLE b RENAME TO a; ALTER TABLE a ADD x int",
                "CREATE TABLE p (a int) PARTITION BY LIST (a); ALTER TABLE p ATTACH PARTITION p DEFAULT; CREATE INDEX ON p (a)",
                "CREATE VIEW v AS SELECT * FROM w; CREATE VIEW w AS SELECT * FROM v; DROP VIEW v CASCADE",
                "CREATE TABLE t (a int GENERATED ALWAYS AS (b) STORED, b int GENERATED ALWAYS AS (a) STORED); ALTER TABLE t DROP a",
                "CREATE DOMAIN d AS e; CREATE DOMAIN e AS d; DROP DOMAIN d CASCADE",
                "ALTER INDEX i ATTACH PARTITION j; CREATE INDEX i ON t (a); CREATE INDEX j ON t (a);"
                        + " ALTER INDEX i ATTACH PARTITION j; ALTER INDEX j ATTACH PARTITION i; DROP INDEX i",
                "CREATE TABLE t (a int REFERENCES t (a) REFERENCES t, LIKE t INCLUDING ALL); DROP TABLE t",
                "CREATE TABLE i (a int); CREATE INDEX i ON i (a); ALTER TABLE i RENAME TO j; DROP INDEX i",
                "CREATE SCHEMA s CREATE TABLE t (a int); ALTER SCHEMA s RENAME TO s; DROP SCHEMA s CASCADE",
            })
    void whatRefersToItself(String sql) {
        assertThatCode(() -> Replayed.of(sql)).doesNotThrowAnyException();
    }

    @Test
    void functionsThatCallEachOther() {
        Replayed made = Replayed.of("CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1'; "
                + "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT g()'; "
                + "CREATE OR REPLACE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT f()'; "
                + "CREATE TABLE t (a int DEFAULT f())");
        assertThat(Volatilities.of(made.column("t", "a").defaultValue().orElseThrow(), made.catalog(), 17))
                .contains(Volatility.VOLATILE);
    }

    @Test
    void whatADumpLeavesOutIsAbsentUntilABlockRuns() {
        Catalog seeded =
                CatalogSeed.of(Sql.accepted("CREATE TABLE public.t (a int)").statements());
        assertThat(seeded.table(new QualifiedName("public", "u")).isAbsent()).isTrue();
        Catalog after = new Replayed(seeded)
                .then("DO $$ BEGIN EXECUTE (SELECT text FROM todo); END $$")
                .catalog();
        assertThat(after.table(new QualifiedName("public", "u")).isUnknown()).isTrue();
        assertThat(after.table(new QualifiedName("public", "t")).value()).isPresent();
    }

    @Test
    void enumValuesKnowWhenTheyCame() {
        Moment later = new Moment(2, 3, 4);
        Replayed made = Replayed.of("CREATE TYPE e AS ENUM ('a')").then("ALTER TYPE e ADD VALUE 'b'", later);
        UserType.EnumType type = (UserType.EnumType)
                made.catalog().type(new QualifiedName("public", "e")).value().orElseThrow();
        assertThat(type.values())
                .containsExactly(
                        new UserType.EnumType.Value("a", Replayed.NOW, true),
                        new UserType.EnumType.Value("b", later, false));
    }
}
