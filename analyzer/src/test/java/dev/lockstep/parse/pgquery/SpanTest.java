package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import dev.lockstep.testing.Marked;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each «marked» stretch is what the model's span must cover. */
class SpanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t «ADD COLUMN a int»",
                "ALTER TABLE t «ADD a int», «ADD COLUMN IF NOT EXISTS b numeric(10, 2) DEFAULT 1», «DROP COLUMN c CASCADE»",
                "ALTER TABLE ONLY s.t «DROP c»",
                "ALTER TABLE ONLY (s.t) «DROP c»",
                "ALTER TABLE IF EXISTS t * «DROP c»",
                "ALTER TABLE \"T, \"\"ADD\" . \"b;\" «DROP \"a,b\"», «DROP c»",
                "ALTER TABLE db.s.t «DROP c»",
                "/* é€😀 */ ALTER TABLE tablé -- ADD COLUMN x, y\n  «ADD /* , */ COLUMN é text DEFAULT '😀,;'»,\n  «ALTER é\n SET NOT NULL» -- end\n",
                "ALTER TABLE t «ALTER COLUMN a TYPE int USING f(a, 1)», «ALTER a SET DEFAULT (1, 2)», «ALTER a DROP DEFAULT»",
                "ALTER TABLE t «ALTER a SET NOT NULL», «ALTER a DROP NOT NULL», «ALTER a SET STATISTICS 5», «ALTER a SET (n_distinct = 5, b = 1)»",
                "ALTER TABLE t «ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p (a, b) ON DELETE CASCADE NOT VALID», «VALIDATE CONSTRAINT fk»",
                "ALTER TABLE t «ADD UNIQUE (a, b)», «ADD CONSTRAINT e EXCLUDE USING gist (a WITH =, b WITH &&)», «DROP CONSTRAINT c»",
                "ALTER TABLE t «ADD PRIMARY KEY USING INDEX i DEFERRABLE INITIALLY DEFERRED», «ALTER CONSTRAINT c NOT DEFERRABLE»",
                "ALTER TABLE t «ALTER a ADD GENERATED ALWAYS AS IDENTITY (START 5 MINVALUE 1)», «ALTER b SET GENERATED ALWAYS SET START 5»",
                "ALTER TABLE t «SET (fillfactor = 50, autovacuum_enabled = off)», «RESET (fillfactor, x)», «SET LOGGED», «OWNER TO CURRENT_USER»",
                "ALTER TABLE t «ENABLE TRIGGER ALL», «FORCE ROW LEVEL SECURITY», «REPLICA IDENTITY USING INDEX i», «CLUSTER ON i», «INHERIT p»",
                "ALTER TABLE t «ATTACH PARTITION s.p FOR VALUES FROM (1, 2) TO (3, MAXVALUE)»",
                "ALTER TABLE t «DETACH PARTITION p CONCURRENTLY»",
                "ALTER INDEX i «SET (fillfactor = 70, x = 1)»",
                "ALTER MATERIALIZED VIEW m «SET TABLESPACE x», «CLUSTER ON i»",
                "ALTER FOREIGN TABLE IF EXISTS ft «ADD a int OPTIONS (a 'b', c 'd')», «DROP b»",
                "ALTER TYPE composite «ADD ATTRIBUTE a int CASCADE», «DROP ATTRIBUTE b»",
                "ALTER TABLE ${schema}.${table} «DROP c», «DROP ${column}»",
            })
    void actions(String marked) {
        Marked.check(
                marked,
                statement -> ((Statement.AlterTable) statement)
                        .actions().stream().map(AlterAction::span).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "«ALTER TABLE t» ADD a int",
                "«ALTER TABLE IF EXISTS ONLY s.\"t\"» DROP a",
                "«ALTER INDEX  s . i» SET (fillfactor = 70)",
                "«CREATE TABLE IF NOT EXISTS s.t» (a int)",
                "«CREATE UNIQUE INDEX CONCURRENTLY i ON s.t» USING btree (a)",
                "«CREATE INDEX ON ONLY t» (lower(a))",
                "/* x */ «CREATE /* y */ MATERIALIZED VIEW m» AS SELECT 1",
                "«CREATE OR REPLACE VIEW é.v» AS SELECT 1",
                "«INSERT INTO s.t» VALUES (1)",
                "«UPDATE t» SET a = 1",
                "«UPDATE ONLY t» AS x SET a = 1",
                "«DELETE FROM ONLY (t») WHERE a",
                "WITH x AS (SELECT 1) «UPDATE t» SET a = 1 FROM x",
                "WITH u AS (UPDATE z SET a = 1 RETURNING a) «DELETE FROM t» USING u",
                "WITH x AS (SELECT 1) «MERGE INTO t» USING x ON true WHEN MATCHED THEN DELETE",
            })
    void heads(String marked) {
        Marked.check(marked, statement -> List.of(head(statement)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS («DELETE FROM x» WHERE y RETURNING *), b AS («UPDATE ONLY u» SET v = 1) INSERT INTO t SELECT * FROM a",
                "WITH a AS («INSERT INTO x» SELECT 1) DELETE FROM t",
                "WITH a AS («DELETE FROM é»), b AS (SELECT 1) SELECT 1",
            })
    void headsInsideWith(String marked) {
        Marked.check(
                marked,
                statement ->
                        modifications(statement).stream().map(SpanTest::head).toList());
    }

    private static List<Statement> modifications(Statement statement) {
        if (statement instanceof Statement.Insert insert) {
            return insert.modifications();
        }
        return statement instanceof Statement.Delete delete
                ? delete.modifications()
                : ((Statement.Select) statement).query().modifications();
    }

    private static Span head(Statement statement) {
        if (statement instanceof Statement.AlterTable alter) {
            return alter.head();
        }
        if (statement instanceof Statement.CreateTable create) {
            return create.head();
        }
        if (statement instanceof Statement.CreateIndex create) {
            return create.head();
        }
        if (statement instanceof Statement.CreateTableAs create) {
            return create.head();
        }
        if (statement instanceof Statement.CreateView create) {
            return create.head();
        }
        if (statement instanceof Statement.Insert insert) {
            return insert.head();
        }
        if (statement instanceof Statement.Update update) {
            return update.head();
        }
        if (statement instanceof Statement.Delete delete) {
            return delete.head();
        }
        return ((Statement.Merge) statement).head();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE «a», «s.b», «\"c\"», «a»",
                "DROP TABLE IF EXISTS «if», «\"é\".\"T,\"» CASCADE",
                "DROP TABLE «Tablé», «ÄPFEL»",
                "DROP TABLE «a_name_of_more_than_sixty_three_bytes_is_cut_when_it_is_read_by_the_scanner»",
                "DROP TABLE «a_name_of_sixty_two_bytes_and_then_an_e_with_an_accent_is_cut_é», «b»",
                "DROP INDEX CONCURRENTLY IF EXISTS «index»",
                "DROP VIEW «view», «exists»",
                "DROP MATERIALIZED VIEW «materialized», «view»",
                "DROP FOREIGN TABLE «foreign_table»",
                "DROP FUNCTION «f»(int), «s.f»(text, f), «g»",
                "DROP FUNCTION «function»(function)",
                "DROP AGGREGATE «agg»(*)",
                "DROP TYPE «type», «s.type»",
                "DROP DOMAIN IF EXISTS «domain»",
                "DROP SCHEMA «schema», «b» CASCADE",
                "DROP EXTENSION «extension»",
                "DROP TRIGGER «trigger» ON s.trigger",
                "DROP RULE IF EXISTS «t» ON t",
                "DROP POLICY «p» ON p CASCADE",
                "DROP EVENT TRIGGER «e»",
                "DROP ACCESS METHOD «a»",
                "DROP TEXT SEARCH CONFIGURATION «text», «search»",
                "DROP TEXT SEARCH PARSER IF EXISTS «parser»",
                "DROP FOREIGN DATA WRAPPER «wrapper»",
                "DROP OPERATOR CLASS «operator» USING btree",
                "DROP SEQUENCE «sequence»",
                "DROP STATISTICS «statistics»",
            })
    void droppedObjects(String marked) {
        Marked.check(
                marked,
                statement -> ((Statement.Drop) statement)
                        .objects().stream().map(ObjectName::span).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE «rename» RENAME COLUMN rename TO renamed",
                "ALTER TABLE IF EXISTS ONLY «s.rename» RENAME a TO b",
                "ALTER INDEX «index» RENAME TO i",
                "ALTER VIEW «view» RENAME TO v",
                "ALTER TYPE «type» RENAME TO ty",
                "ALTER FUNCTION «rename»(rename) RENAME TO x",
                "ALTER TRIGGER trg ON «s.t» RENAME TO x",
                "ALTER MATERIALIZED VIEW «rename» RENAME TO x",
                "ALTER SCHEMA «rename» RENAME TO x",
            })
    void renamedObjects(String marked) {
        Marked.check(
                marked,
                statement -> List.of(((Statement.Rename) statement).object().span()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t «RENAME TO u»",
                "ALTER TABLE rename «RENAME rename TO b»",
                "ALTER TABLE \"rename\" «RENAME CONSTRAINT a TO b»",
                "ALTER FUNCTION rename(rename) «RENAME TO x»",
                "ALTER TYPE rename «RENAME ATTRIBUTE a TO b CASCADE»",
            })
    void renames(String marked) {
        Marked.check(marked, statement -> List.of(((Statement.Rename) statement).action()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE set «SET SCHEMA s»",
                "ALTER FUNCTION set(int) «SET SCHEMA s»",
                "ALTER EXTENSION set «SET SCHEMA s»",
            })
    void schemaChanges(String marked) {
        Marked.check(marked, statement -> List.of(((Statement.SetSchema) statement).action()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REINDEX INDEX «index»",
                "REINDEX TABLE CONCURRENTLY «s.t»",
                "REINDEX (VERBOSE) SCHEMA «schema»",
                "REINDEX (CONCURRENTLY) DATABASE «database»",
                "REINDEX SYSTEM «system»",
                "REINDEX DATABASE",
            })
    void reindexed(String marked) {
        Marked.check(
                marked,
                statement -> ((Statement.Reindex) statement)
                        .object().stream().map(ObjectName::span).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX «i» ON t (a)",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS «if» ON t (a)",
                "CREATE INDEX «\"Index\"» ON t (a)",
                "CREATE UNIQUE INDEX «unique_index» ON t (a)",
                "CREATE INDEX ON t (a)",
            })
    void indexNames(String marked) {
        Marked.check(
                marked,
                statement -> ((Statement.CreateIndex) statement)
                        .index().stream().map(Identifier::span).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int",
                "pg_catalog.int4",
                "\"My Type\"",
                "s.\"T\"(1)",
                "double precision",
                "timestamp",
                "timestamp(3) with time zone",
                "timestamp without time zone",
                "time (6) with time zone",
                "timestamptz(3)",
                "varchar(10)[]",
                "int[3][]",
                "int ARRAY[4]",
                "int ARRAY",
                "character varying(10)",
                "national character varying (10)",
                "char varying(3)",
                "bit varying(3)",
                "nchar(3)",
                "numeric(10, 2)",
                "interval",
                "interval year to month",
                "interval day to second(3)",
                "interval(3)",
                "geometry(Point, 4326)",
                "double /* x */ precision []",
            })
    void types(String type) {
        String mark = "«" + type + "»";
        Marked.check(
                "CREATE TABLE t (a " + mark + ", b " + mark + " NOT NULL, c " + mark + " DEFAULT NULL)",
                statement -> ((Statement.CreateTable) statement)
                        .columns().stream()
                                .flatMap(column -> column.type().map(TypeName::span).stream())
                                .toList());
        Marked.check(
                "ALTER TABLE t ALTER a TYPE " + mark + " USING a, ALTER b TYPE " + mark + " COLLATE \"C\"",
                statement -> ((Statement.AlterTable) statement)
                        .actions().stream()
                                .map(action -> ((AlterAction.AlterColumnType) action)
                                        .type()
                                        .span())
                                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t («a int», «b text NOT NULL», CHECK (a > 1), «c int DEFAULT f(1, 2)»)",
                "CREATE TABLE t (LIKE u, «\"a,b\" numeric(1, 2)[] COLLATE \"C\" CHECK (x IN (1, 2))»)",
                "ALTER TABLE t ADD COLUMN IF NOT EXISTS «é int DEFAULT 1», ADD «b int»",
            })
    void columns(String marked) {
        Marked.check(
                marked,
                statement -> columnsOf(statement).stream()
                        .map(ColumnDefinition::span)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD a int «NOT NULL»",
                "ALTER TABLE t ADD a int NULL DEFAULT 1 «NOT NULL» COLLATE \"C\" «UNIQUE»",
                "ALTER TABLE t ADD a int «CONSTRAINT a_nn NOT NULL» DEFAULT now() «CONSTRAINT a_ck CHECK (a > 1)»",
                "ALTER TABLE t ADD a int DEFAULT 'NOT NULL' «REFERENCES s.p (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED» «CHECK (a > 0)»",
                "ALTER TABLE t ADD a int GENERATED ALWAYS AS IDENTITY (START 1) «PRIMARY KEY»",
                "CREATE TABLE t (a int «UNIQUE NULLS NOT DISTINCT» DEFAULT 1 «NOT NULL», b int «REFERENCES p NOT ENFORCED»)",
            })
    void columnConstraints(String marked) {
        Marked.check(
                marked,
                statement -> columnsOf(statement).stream()
                        .flatMap(column -> column.constraints().stream())
                        .map(Constraint::span)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD a int DEFAULT «1»",
                "ALTER TABLE t ADD a int DEFAULT «(1 + 2)» NOT NULL",
                "ALTER TABLE t ADD a text DEFAULT «'x' || f(1, 'NOT NULL')::text» CONSTRAINT c NOT NULL",
                "ALTER TABLE t ADD a text DEFAULT «'x'» COLLATE \"C\"",
                "ALTER TABLE t ADD a text NOT NULL DEFAULT «now()» NULL",
                "ALTER TABLE t ADD a text COLLATE \"C\" DEFAULT «'é😀'» CHECK (a <> '')",
                "CREATE TABLE t (a int DEFAULT «- 1», b int)",
            })
    void defaults(String marked) {
        Marked.check(
                marked,
                statement -> columnsOf(statement).stream()
                        .flatMap(column -> column.defaultValue().stream())
                        .map(ColumnDefinition.DefaultValue::span)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY (START 1) NOT NULL, b int «GENERATED ALWAYS AS (a * 2) STORED» UNIQUE)",
            })
    void generatedColumns(String marked) {
        Marked.check(
                marked,
                statement -> columnsOf(statement).stream()
                        .flatMap(column -> column.generated().stream())
                        .map(ColumnDefinition.Generated::span)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int CONSTRAINT «a_nn» NOT NULL, CONSTRAINT «\"Pk\"» PRIMARY KEY (a), CHECK (a > 1))",
                "ALTER TABLE t ADD a int CONSTRAINT «x» UNIQUE",
            })
    void constraintNames(String marked) {
        Marked.check(
                marked,
                statement -> Stream.concat(
                                columnsOf(statement).stream().flatMap(column -> column.constraints().stream()),
                                statement instanceof Statement.CreateTable create
                                        ? create.constraints().stream()
                                        : Stream.empty())
                        .flatMap(constraint -> constraint.name().map(Identifier::span).stream())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int, «CHECK (a > 1)», «CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL NOT VALID»)",
                "CREATE TABLE t (a int, «EXCLUDE USING gist (a WITH =) WHERE (a > 1)», «PRIMARY KEY (a) INCLUDE (b) DEFERRABLE»)",
                "ALTER TABLE t ADD «CONSTRAINT c CHECK (a IN (1, 2)) NOT VALID», ADD «UNIQUE (a, b)»",
                "ALTER TABLE t ADD «CONSTRAINT c NOT NULL a NOT VALID»",
            })
    void tableConstraints(String marked) {
        Marked.check(
                marked,
                statement -> (statement instanceof Statement.CreateTable create
                                ? create.constraints().stream()
                                : ((Statement.AlterTable) statement)
                                        .actions().stream()
                                                .map(action -> ((AlterAction.AddConstraint) action).constraint()))
                        .map(Constraint::span)
                        .toList());
    }

    private static List<ColumnDefinition> columnsOf(Statement statement) {
        if (statement instanceof Statement.CreateTable create) {
            return create.columns();
        }
        return ((Statement.AlterTable) statement)
                .actions().stream()
                        .map(action -> ((AlterAction.AddColumn) action).column())
                        .toList();
    }
}
