package dev.lockstep.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.Statement.Persistence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReplayTest {

    private static final Moment LATER = new Moment(5, 6, 7);

    @Test
    void whatTheHistoryNeverNamedIsUnknown() {
        Replayed none = Replayed.of("SELECT 1");
        assertThat(none.lookup("t").isUnknown()).isTrue();
        assertThat(none.index("i").isUnknown()).isTrue();
        assertThat(Replayed.of("SELECT * FROM t; INSERT INTO t VALUES (1); UPDATE t SET a = 1")
                        .lookup("t")
                        .isUnknown())
                .isTrue();
    }

    @Test
    void aCreatedTableIsKnownCompletely() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL DEFAULT 'x', "
                        + "note text, twice int GENERATED ALWAYS AS (1 + 1) STORED, s serial)");
        Table table = made.table("t");
        assertThat(table.name()).hasToString("t");
        assertThat(table.kind()).isEqualTo(Table.Kind.TABLE);
        assertThat(table.rows()).isEqualTo(RowEstimate.EMPTY);
        assertThat(table.created()).isEqualTo(Replayed.NOW);
        assertThat(table.column("missing").isAbsent()).isTrue();
        assertThat(table.constraint("missing").isAbsent()).isTrue();
        assertThat(made.columns("t")).containsExactly("id", "name", "note", "twice", "s");
        assertThat(table.columns().stream().map(column -> column.notNull().orElseThrow()))
                .containsExactly(true, true, false, false, true);
        assertThat(made.column("t", "id").identity()).isTrue();
        assertThat(made.column("t", "twice").generated()).isTrue();
        assertThat(table.columns().stream().map(column -> column.defaultValue().isPresent()))
                .containsExactly(false, true, false, false, true);
        assertThat(made.column("t", "name").type().orElseThrow().name()).isEqualTo("text");
        assertThat(made.constraint("t", "t_pkey").columns()).containsExactly("id");
    }

    @Test
    void ifNotExistsLeavesWhatIsThere() {
        Replayed made = Replayed.of(
                        "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE MATERIALIZED VIEW m AS SELECT 1")
                .then(
                        "CREATE TABLE IF NOT EXISTS t (b int); CREATE INDEX IF NOT EXISTS i ON t (b); "
                                + "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 2; CREATE TABLE IF NOT EXISTS u (b int)",
                        LATER);
        assertThat(made.columns("t")).containsExactly("a");
        assertThat(made.index("i").value().orElseThrow().created()).isEqualTo(Replayed.NOW);
        assertThat(made.table("m").created()).isEqualTo(Replayed.NOW);
        assertThat(made.table("u").created()).isEqualTo(LATER);
    }

    @Test
    void aReplacedViewIsAsOldAsItWas() {
        Replayed made = Replayed.of("CREATE VIEW v AS SELECT 1")
                .then("CREATE OR REPLACE VIEW v AS SELECT 2; CREATE OR REPLACE VIEW w AS SELECT 3", LATER);
        assertThat(made.table("v").kind()).isEqualTo(Table.Kind.VIEW);
        assertThat(made.table("v").created()).isEqualTo(Replayed.NOW);
        assertThat(made.table("w").created()).isEqualTo(LATER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (LIKE source, a int)",
                "CREATE TABLE t (a int) INHERITS (source)",
                "CREATE TABLE t PARTITION OF source (a NOT NULL) DEFAULT",
                "CREATE TABLE t AS SELECT * FROM source",
                "CREATE TABLE t AS VALUES (1)",
                "SELECT source.* INTO t FROM source",
            })
    void aTableShapedByAnotherIsKnownInPart(String sql) {
        Replayed made = Replayed.of(sql);
        assertThat(made.table("t").complete()).isFalse();
        assertThat(made.table("t").column("b").isUnknown()).isTrue();
        assertThat(made.table("t").created()).isEqualTo(Replayed.NOW);
    }

    @Test
    void partitionsKnowTheirParent() {
        Replayed made = Replayed.of(
                "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); "
                        + "CREATE TABLE p2 (a int); ALTER TABLE p ATTACH PARTITION p2 FOR VALUES IN (2)");
        assertThat(made.table("p").kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
        assertThat(made.catalog().childrenOf(made.name("p")))
                .extracting(table -> table.name().name())
                .containsExactlyInAnyOrder("p1", "p2");
        Replayed detached =
                made.then("ALTER TABLE p DETACH PARTITION p2 CONCURRENTLY; ALTER TABLE q ATTACH PARTITION r DEFAULT");
        assertThat(detached.table("p2").parents()).isEmpty();
        assertThat(detached.table("q").kind()).isEqualTo(Table.Kind.PARTITIONED_TABLE);
        assertThat(detached.table("r").parents()).containsExactly(detached.name("q"));
    }

    @Test
    void columnsOfAParentAreColumnsOfItsChildren() {
        Replayed made =
                Replayed.of("CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE c (a int, b int); "
                        + "ALTER TABLE p ATTACH PARTITION c DEFAULT; ALTER TABLE p ADD COLUMN d int, DROP COLUMN b, ALTER a SET NOT NULL, "
                        + "ADD CONSTRAINT positive CHECK (a > 0); ALTER TABLE p RENAME COLUMN a TO x");
        assertThat(made.columns("c")).containsExactly("x", "d");
        assertThat(made.column("c", "x").notNull()).contains(true);
        assertThat(made.constraints("c")).containsExactly("positive");
        assertThat(made.then("ALTER TABLE ONLY p ALTER x DROP NOT NULL")
                        .column("c", "x")
                        .notNull())
                .contains(true);
    }

    @Test
    void alteringAnUnknownTableMakesItKnownAsExisting() {
        Replayed made = Replayed.of("ALTER TABLE t ADD COLUMN a int");
        assertThat(made.table("t").created()).isEqualTo(Moment.BEFORE_HISTORY);
        assertThat(made.table("t").rows()).isEqualTo(RowEstimate.MANY);
        assertThat(made.column("t", "a").added()).isEqualTo(Replayed.NOW);
        assertThat(made.table("t").column("b").isUnknown()).isTrue();
        assertThat(Replayed.of("ALTER TABLE IF EXISTS t ADD COLUMN a int")
                        .lookup("t")
                        .isUnknown())
                .isTrue();
        assertThat(Replayed.of(
                                "ALTER SEQUENCE t OWNER TO joe; ALTER INDEX t SET (fillfactor = 70); ALTER TYPE t ADD ATTRIBUTE a int")
                        .lookup("t")
                        .isUnknown())
                .isTrue();
    }

    @Test
    void aDroppedTableIsAbsentAndStaysSo() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int PRIMARY KEY); DROP TABLE t; ALTER TABLE IF EXISTS t ADD b int; DROP TABLE u");
        assertThat(made.lookup("t").isAbsent()).isTrue();
        assertThat(made.lookup("u").isAbsent()).isTrue();
        assertThat(made.index("t_pkey").isAbsent()).isTrue();
        assertThat(made.then("CREATE TABLE t (c int)").columns("t")).containsExactly("c");
    }

    @Test
    void alterColumnChangesOneColumn() {
        Replayed made = Replayed.of("CREATE TABLE t (a int DEFAULT 1, b int NOT NULL)")
                .then(
                        "ALTER TABLE t ALTER a TYPE bigint, ALTER a DROP DEFAULT, ALTER a SET NOT NULL, ALTER b SET DEFAULT now(), ALTER b DROP NOT NULL");
        assertThat(made.column("t", "a").type().orElseThrow().name()).isEqualTo("int8");
        assertThat(made.column("t", "a").defaultValue()).isEmpty();
        assertThat(made.column("t", "a").notNull()).contains(true);
        assertThat(made.column("t", "b").defaultValue()).isPresent();
        assertThat(made.column("t", "b").notNull()).contains(false);
    }

    @Test
    void addColumnBringsItsConstraints() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (); ALTER TABLE t ADD a int UNIQUE CHECK (a > 0) REFERENCES p, ADD COLUMN IF NOT EXISTS a text");
        assertThat(made.constraints("t")).containsExactlyInAnyOrder("t_a_key", "t_a_check", "t_a_fkey");
        assertThat(made.column("t", "a").type().orElseThrow().name()).isEqualTo("int4");
        assertThat(made.constraint("t", "t_a_fkey").referenced()).contains(made.name("p"));
    }

    @Test
    void dropColumnTakesWhatNeedsIt() {
        Replayed made = Replayed.of(
                        "CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a, b), CHECK (a > b), CHECK (c > 0), UNIQUE (c)); "
                                + "CREATE INDEX on_expression ON t ((b + 1)); CREATE INDEX where_b ON t (c) WHERE b > 0; CREATE INDEX on_c ON t (c)")
                .then("ALTER TABLE t DROP COLUMN b");
        assertThat(made.columns("t")).containsExactly("a", "c");
        assertThat(made.constraints("t")).containsExactlyInAnyOrder("t_c_check", "t_c_key");
        assertThat(made.indexes("t")).containsExactly("on_c", "t_c_key");
    }

    @Test
    void constraintsAreValidOnceValidated() {
        Replayed made = Replayed.of("CREATE TABLE t (a int, b int)")
                .then(
                        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES p NOT VALID, ADD CONSTRAINT v CHECK (b > 0), ADD CONSTRAINT n NOT NULL a NOT VALID");
        assertThat(made.constraint("t", "c").isValid()).isFalse();
        assertThat(made.constraint("t", "f").isValid()).isFalse();
        assertThat(made.constraint("t", "v").validated()).contains(Replayed.NOW);
        assertThat(made.column("t", "a").notNull()).contains(false);
        Replayed validated =
                made.then("ALTER TABLE t VALIDATE CONSTRAINT c, VALIDATE CONSTRAINT v, VALIDATE CONSTRAINT n", LATER);
        assertThat(validated.constraint("t", "c").validated()).contains(LATER);
        assertThat(validated.constraint("t", "v").validated()).contains(Replayed.NOW);
        assertThat(validated.column("t", "a").notNull()).contains(true);
        assertThat(validated.constraint("t", "f").isValid()).isFalse();
    }

    @Test
    void aConstraintOfANewTableIsValidWhateverItSays() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p NOT VALID, CONSTRAINT e CHECK (a > 0) NOT ENFORCED)");
        assertThat(made.constraint("t", "f").isValid()).isTrue();
        assertThat(made.constraint("t", "e").isValid()).isFalse();
    }

    @Test
    void namedNotNullConstraintsRuleTheirColumn() {
        Replayed made = Replayed.of("CREATE TABLE t (a int CONSTRAINT nn NOT NULL, b int CONSTRAINT bn NOT NULL)");
        assertThat(made.table("t").constraints())
                .extracting(TableConstraint::name)
                .containsExactly("nn", "bn");
        Replayed dropped = made.then("ALTER TABLE t DROP CONSTRAINT nn, ALTER b DROP NOT NULL");
        assertThat(dropped.column("t", "a").notNull()).contains(false);
        assertThat(dropped.column("t", "b").notNull()).contains(false);
        assertThat(dropped.table("t").constraints()).isEmpty();
    }

    @Test
    void aKeyUsingAnIndexTakesItOver() {
        Replayed made = Replayed.of(
                        "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX i ON t (a); CREATE UNIQUE INDEX j ON t (b)")
                .then(
                        "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY USING INDEX i, ADD UNIQUE USING INDEX j, ADD CONSTRAINT u UNIQUE USING INDEX unknown",
                        LATER);
        assertThat(made.indexes("t")).containsExactly("j", "pk", "u");
        assertThat(made.index("i").isAbsent()).isTrue();
        assertThat(made.constraint("t", "pk").columns()).containsExactly("a");
        assertThat(made.column("t", "a").notNull()).contains(true);
        assertThat(made.column("t", "b").notNull()).contains(false);
        assertThat(made.index("pk").value().orElseThrow().created()).isEqualTo(Replayed.NOW);
        assertThat(made.index("u").value().orElseThrow().created()).isEqualTo(Moment.BEFORE_HISTORY);
    }

    @Test
    void droppingAKeyDropsItsIndex() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int PRIMARY KEY, CONSTRAINT c CHECK (a > 0)); ALTER TABLE t DROP CONSTRAINT t_pkey, DROP CONSTRAINT c");
        assertThat(made.constraints("t")).isEmpty();
        assertThat(made.indexes("t")).isEmpty();
        assertThat(made.column("t", "a").notNull()).contains(true);
    }

    @Test
    void indexesComeAndGo() {
        Replayed made = Replayed.of(
                "CREATE TABLE s.t (a int); CREATE UNIQUE INDEX i ON s.t (a) WHERE a > 0; CREATE INDEX ON unknown (b)");
        Index index = made.index("s.i").value().orElseThrow();
        assertThat(index.unique()).isTrue();
        assertThat(index.predicate()).isPresent();
        assertThat(index.table()).isEqualTo(new QualifiedName("s", "t"));
        assertThat(made.indexes("unknown")).containsExactly("unknown_b_idx");
        assertThat(made.then("DROP INDEX CONCURRENTLY s.i, j").index("s.i").isAbsent())
                .isTrue();
        assertThat(made.then("DROP INDEX j").index("j").isAbsent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE t RENAME TO u", "ALTER TABLE t RENAME TO x; ALTER TABLE x RENAME TO u"})
    void aRenamedTableKeepsWhatItHas(String rename) {
        Replayed made = Replayed.of(
                        "CREATE TABLE t (a int PRIMARY KEY, parent int REFERENCES t); CREATE TABLE c (a int REFERENCES t); "
                                + "CREATE TABLE heir () INHERITS (t)")
                .then(rename, LATER);
        assertThat(made.lookup("t").isAbsent()).isTrue();
        assertThat(made.table("u").created()).isEqualTo(Replayed.NOW);
        assertThat(made.indexes("u")).containsExactly("t_pkey");
        assertThat(made.index("t_pkey").value().orElseThrow().table()).isEqualTo(made.name("u"));
        assertThat(made.constraint("u", "t_parent_fkey").referenced()).contains(made.name("u"));
        assertThat(made.constraint("c", "c_a_fkey").referenced()).contains(made.name("u"));
        assertThat(made.table("heir").parents()).containsExactly(made.name("u"));
    }

    @Test
    void aRenamedUnknownTableExists() {
        Replayed made = Replayed.of("ALTER TABLE t RENAME TO u; ALTER INDEX i RENAME TO j");
        assertThat(made.lookup("t").isAbsent()).isTrue();
        assertThat(made.table("u").created()).isEqualTo(Moment.BEFORE_HISTORY);
        assertThat(made.index("i").isAbsent()).isTrue();
        assertThat(made.index("j").isAbsent()).isFalse();
    }

    @Test
    void aRenamedColumnIsRenamedWhereverItIsUsed() {
        Replayed made = Replayed.of(
                        "CREATE TABLE t (a int UNIQUE CHECK (a > 0)); CREATE INDEX i ON t ((a + 1)) WHERE t.a > 0")
                .then("ALTER TABLE t RENAME a TO b");
        assertThat(made.columns("t")).containsExactly("b");
        assertThat(made.constraint("t", "t_a_key").columns()).containsExactly("b");
        assertThat(Expressions.uses(
                        made.constraint("t", "t_a_check").expression().orElseThrow(), "b"))
                .isTrue();
        assertThat(made.then("ALTER TABLE t DROP b").indexes("t")).isEmpty();
        assertThat(Replayed.of("ALTER TABLE t RENAME a TO b").columns("t")).containsExactly("b");
    }

    @Test
    void constraintAndIndexAreRenamedTogether() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0)); ALTER TABLE t RENAME CONSTRAINT t_b_check TO c");
        assertThat(made.constraints("t")).containsExactlyInAnyOrder("t_pkey", "c");
        for (String rename : List.of(
                "ALTER INDEX t_pkey RENAME TO k",
                "ALTER TABLE t_pkey RENAME TO k",
                "ALTER TABLE t RENAME CONSTRAINT t_pkey TO k")) {
            Replayed renamed = made.then(rename);
            assertThat(renamed.constraints("t")).containsExactlyInAnyOrder("k", "c");
            assertThat(renamed.indexes("t")).containsExactly("k");
            assertThat(renamed.index("t_pkey").isAbsent()).isTrue();
        }
    }

    @Test
    void setSchemaMovesATableWithItsIndexes() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t SET SCHEMA archive; ALTER FUNCTION f() SET SCHEMA archive");
        assertThat(made.lookup("public.t").isAbsent()).isTrue();
        assertThat(made.indexes("archive.t")).containsExactly("t_pkey");
        assertThat(made.index("archive.t_pkey").value()).isPresent();
        assertThat(made.index("public.t_pkey").isAbsent()).isTrue();
    }

    @Test
    void dropTakesForeignKeysAndPartitions() {
        Replayed made = Replayed.of(
                "CREATE TABLE p (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT; "
                        + "CREATE TABLE c (a int REFERENCES p); DROP TABLE p CASCADE");
        assertThat(made.lookup("p1").isAbsent()).isTrue();
        assertThat(made.constraints("c")).isEmpty();
    }

    @Test
    void dropSchemaTakesItsTables() {
        Replayed made =
                Replayed.of("CREATE TABLE s.t (a int PRIMARY KEY); CREATE TABLE t (a int); DROP SCHEMA s CASCADE");
        assertThat(made.lookup("s.t").isAbsent()).isTrue();
        assertThat(made.index("s.t_pkey").isAbsent()).isTrue();
        assertThat(made.lookup("t").value()).isPresent();
    }

    @Test
    void theSearchPathDecidesWhereNamesAre() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int); SET search_path = app, public; CREATE TABLE u (a int); ALTER TABLE t ADD b int");
        assertThat(made.lookup("app.u").value()).isPresent();
        assertThat(made.columns("public.t")).containsExactly("a", "b");
        Replayed later = made.then(
                "CREATE TABLE t (c int); ALTER TABLE t ADD d int; RESET search_path; ALTER TABLE t ADD e int");
        assertThat(later.columns("app.t")).containsExactly("c", "d");
        assertThat(later.columns("public.t")).containsExactly("a", "b", "e");
        assertThat(Replayed.of("SET search_path TO \"$user\", public; CREATE TABLE t ()")
                        .lookup("public.t")
                        .value())
                .isPresent();
        assertThat(Replayed.of("SET search_path TO app; SET search_path TO DEFAULT; CREATE TABLE t ()")
                        .lookup("public.t")
                        .value())
                .isPresent();
        assertThat(Replayed.of("SET search_path TO app")
                        .catalog()
                        .inNewSession()
                        .searchPath())
                .containsExactly("public");
    }

    @Test
    void createSchemaPutsItsElementsInside() {
        Replayed made = Replayed.of(
                "CREATE TABLE p (id int); CREATE SCHEMA s CREATE TABLE t (a int REFERENCES p) CREATE VIEW v AS SELECT 1 CREATE INDEX i ON t (a); CREATE TABLE u ()");
        assertThat(made.columns("s.t")).containsExactly("a");
        assertThat(made.constraint("s.t", "t_a_fkey").referenced()).contains(new QualifiedName("public", "p"));
        assertThat(made.table("s.v").kind()).isEqualTo(Table.Kind.VIEW);
        assertThat(made.indexes("s.t")).containsExactly("i");
        assertThat(made.lookup("public.u").value()).isPresent();
        assertThat(Replayed.of("CREATE SCHEMA AUTHORIZATION joe CREATE TABLE t (a int)")
                        .columns("joe.t"))
                .containsExactly("a");
    }

    @Test
    void aTemporaryTableHidesItsNamesakeUntilTheSessionEnds() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int); CREATE TEMP TABLE t (b int); ALTER TABLE t ADD c int; CREATE INDEX ON t (b)");
        assertThat(made.columns("public.t")).containsExactly("a");
        assertThat(made.columns("t")).containsExactly("b", "c");
        assertThat(made.table("t").persistence()).isEqualTo(Persistence.TEMPORARY);
        assertThat(made.then("DROP TABLE t").columns("t")).containsExactly("a");
        Replayed next = new Replayed(made.catalog().inNewSession());
        assertThat(next.columns("t")).containsExactly("a");
        assertThat(next.catalog().indexesOf(new QualifiedName(Catalog.TEMPORARY, "t")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT 1                                            | EMPTY
                    UPDATE t SET a = 1                                  | EMPTY
                    INSERT INTO t VALUES (1), (2)                       | FEW
                    INSERT INTO t DEFAULT VALUES                        | FEW
                    INSERT INTO t SELECT 1                              | FEW
                    INSERT INTO t SELECT a FROM u                       | MANY
                    INSERT INTO t SELECT generate_series(1, 1000000)    | MANY
                    INSERT INTO t WITH x AS (SELECT a FROM u) SELECT a FROM x | MANY
                    INSERT INTO t SELECT a FROM u; INSERT INTO t VALUES (1) | MANY
                    WITH x AS (DELETE FROM u RETURNING a) INSERT INTO t SELECT a FROM x | MANY
                    WITH x AS (INSERT INTO t SELECT a FROM u RETURNING a) SELECT a FROM x | MANY
                    WITH x AS (INSERT INTO t VALUES (1) RETURNING a) DELETE FROM u USING x | FEW
                    MERGE INTO t USING u ON true WHEN NOT MATCHED THEN INSERT VALUES (1) | MANY
                    COPY t FROM '/file'                                 | MANY
                    COPY t TO '/file'                                   | EMPTY
                    """)
    void rowsAreCountedRoughly(String sql, RowEstimate rows) {
        assertThat(Replayed.of("CREATE TABLE t (a int)").then(sql).table("t").rows())
                .isEqualTo(rows);
    }

    @Test
    void filledTablesMadeFromQueries() {
        assertThat(Replayed.of("CREATE TABLE t AS SELECT * FROM u").table("t").rows())
                .isEqualTo(RowEstimate.MANY);
        assertThat(Replayed.of("CREATE TABLE t AS SELECT * FROM u WITH NO DATA")
                        .table("t")
                        .rows())
                .isEqualTo(RowEstimate.EMPTY);
        assertThat(Replayed.of("CREATE MATERIALIZED VIEW t AS SELECT 1")
                        .table("t")
                        .kind())
                .isEqualTo(Table.Kind.MATERIALIZED_VIEW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a IS NOT NULL                          | true
                    NOT a IS NULL                          | true
                    NOT (a IS NULL OR b IS NULL)           | false
                    a IS NOT NULL AND b > 0                | true
                    a IS NOT NULL OR b IS NOT NULL         | false
                    a IS NOT NULL OR t.a IS NOT NULL       | true
                    a > 0                                  | false
                    b IS NOT NULL                          | false
                    a IS NULL                              | false
                    NOT (a IS NOT NULL)                    | false
                    """)
    void conditionsThatKeepNullsOut(String condition, boolean proves) {
        Replayed made = Replayed.of("CREATE TABLE t (a int, b int, CONSTRAINT c CHECK (" + condition + "))");
        assertThat(Expressions.impliesNotNull(
                        made.constraint("t", "c").expression().orElseThrow(), "a"))
                .isEqualTo(proves);
    }

    @Test
    void agesAreCountedInTransactionsMigrationsAndDeploys() {
        Moment made = new Moment(1, 2, 3);
        assertThat(made.ageAt(made)).isEqualTo(ObjectAge.THIS_TRANSACTION);
        assertThat(made.ageAt(new Moment(1, 2, 4))).isEqualTo(ObjectAge.THIS_MIGRATION);
        assertThat(made.ageAt(new Moment(1, 3, 3))).isEqualTo(ObjectAge.THIS_DEPLOY);
        assertThat(made.ageAt(new Moment(2, 2, 3))).isEqualTo(ObjectAge.BEFORE);
        assertThat(Moment.BEFORE_HISTORY.ageAt(made)).isEqualTo(ObjectAge.BEFORE);
    }
}
