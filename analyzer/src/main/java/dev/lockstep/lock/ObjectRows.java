package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AttachedStatement.AlterPolicy;
import dev.lockstep.sql.AttachedStatement.CreatePolicy;
import dev.lockstep.sql.AttachedStatement.CreateRule;
import dev.lockstep.sql.AttachedStatement.CreateStatistics;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement.Rename;
import dev.lockstep.sql.Statement.SetSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names, owners, comments, privileges, and what hangs on tables: triggers, rules, policies, statistics, publications. */
final class ObjectRows {

    private static final Set<ObjectKind> RELATIONS = EnumSet.of(
            ObjectKind.TABLE,
            ObjectKind.FOREIGN_TABLE,
            ObjectKind.VIEW,
            ObjectKind.MATERIALIZED_VIEW,
            ObjectKind.SEQUENCE,
            ObjectKind.INDEX);

    private static final Set<ObjectKind> ON_TABLES = EnumSet.of(ObjectKind.TRIGGER, ObjectKind.RULE, ObjectKind.POLICY);

    private static final Set<ObjectKind> PARTS = EnumSet.of(
            ObjectKind.COLUMN, ObjectKind.TABLE_CONSTRAINT, ObjectKind.DOMAIN_CONSTRAINT, ObjectKind.TYPE_ATTRIBUTE);

    private ObjectRows() {}

    static List<LockRow<?>> rows() {
        return Relations.concat(
                Relations.concat(names(), attached()),
                Relations.concat(objects(), Relations.concat(sequences(), routines())));
    }

    private static LockRow.Builder<Rename> rename(String id) {
        return LockRow.of(id, Rename.class, "ALTER … RENAME", "sql-altertable");
    }

    private static List<LockRow<?>> names() {
        return List.of(
                rename("rename-relation")
                        .when(
                                "of a table, view or sequence; of an index by ALTER TABLE",
                                situation ->
                                        RELATIONS.contains(situation.subject().kind())
                                                && situation.subject().kind() != ObjectKind.INDEX)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders RENAME TO purchases",
                                "ALTER TABLE orders_note RENAME TO i2")
                        .also(World.VIEWS, "ALTER VIEW v RENAME TO v2", "ALTER MATERIALIZED VIEW m RENAME TO m2")
                        .also(World.SEQUENCES, "ALTER SEQUENCE s RENAME TO s2")
                        .also(World.EVENTS, "ALTER TABLE events RENAME TO happenings"),
                rename("rename-index")
                        .when(
                                "of an index, by ALTER INDEX",
                                situation -> situation.subject().kind() == ObjectKind.INDEX)
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER INDEX orders_note RENAME TO i2")
                        .also(World.EVENTS, "ALTER INDEX events_kind RENAME TO i2"),
                rename("rename-column")
                        .when("of a column", situation -> situation.subject().kind() == ObjectKind.COLUMN)
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders RENAME COLUMN note TO remark")
                        .also(World.EVENTS, "ALTER TABLE events RENAME COLUMN kind TO sort")
                        .also(World.VIEWS, "ALTER VIEW v RENAME COLUMN a TO x"),
                rename("rename-constraint")
                        .when(
                                "of a constraint",
                                situation -> situation.subject().kind() == ObjectKind.TABLE_CONSTRAINT)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.subject().part().stream()
                                        .map(name -> new QualifiedName(
                                                situation.target().schema(), name))
                                        .filter(situation.relations()::isIndex)
                                        .toList())
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders RENAME CONSTRAINT orders_customer_id_fkey TO fk",
                                "ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO pk"),
                rename("rename-attached")
                        .when(
                                "of a trigger, rule or policy",
                                situation ->
                                        ON_TABLES.contains(situation.subject().kind()))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.TRIGGERS,
                                "ALTER TRIGGER g ON t RENAME TO h",
                                "ALTER RULE r ON t RENAME TO q",
                                "ALTER POLICY p ON t RENAME TO q"),
                rename("rename-attribute")
                        .when(
                                "of an attribute of a type",
                                situation -> situation.subject().kind() == ObjectKind.TYPE_ATTRIBUTE)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.COMPOSITE, "ALTER TYPE pair RENAME ATTRIBUTE y TO w CASCADE"),
                rename("rename-composite")
                        .when(
                                "of a composite type",
                                situation -> situation.subject().kind() == ObjectKind.TYPE
                                        && situation
                                                .dependents()
                                                .isComposite(
                                                        situation.dependents().typeNamed(situation.target())))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.COMPOSITE, "ALTER TYPE pair RENAME TO pair2"),
                rename("rename-other")
                        .when(
                                "of anything else",
                                situation -> !RELATIONS.contains(
                                                situation.subject().kind())
                                        && !ON_TABLES.contains(
                                                situation.subject().kind())
                                        && !PARTS.contains(situation.subject().kind()))
                        .sample(World.TYPES, "ALTER TYPE mood RENAME TO feeling", "ALTER DOMAIN plain RENAME TO simple")
                        .also(World.SCHEMAS, "ALTER SCHEMA shop RENAME TO store")
                        .also(World.TRIGGERS, "ALTER FUNCTION vol() RENAME TO vol2"),
                rename("rename-domain-constraint")
                        .when(
                                "of a domain's constraint",
                                situation -> situation.subject().kind() == ObjectKind.DOMAIN_CONSTRAINT)
                        .sample(World.DOMAINS, "ALTER DOMAIN d RENAME CONSTRAINT nv TO x"),
                setSchema("set-schema")
                        .when(
                                "of a relation",
                                situation ->
                                        RELATIONS.contains(situation.subject().kind()))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().sequencesOf(List.of(situation.target())))
                        .sample(
                                World.SCHEMAS,
                                "ALTER TABLE shop.t SET SCHEMA bare",
                                "ALTER TABLE shop.u SET SCHEMA bare",
                                "ALTER VIEW shop.v SET SCHEMA bare"),
                setSchema("set-schema-other")
                        .when(
                                "of anything else",
                                situation ->
                                        !RELATIONS.contains(situation.subject().kind()))
                        .sample(World.SCHEMAS, "ALTER TYPE shop.kind SET SCHEMA bare"));
    }

    private static LockRow.Builder<SetSchema> setSchema(String id) {
        return LockRow.of(id, SetSchema.class, "ALTER … SET SCHEMA", "sql-altertable");
    }

    private static List<LockRow<?>> attached() {
        return List.of(
                LockRow.of("create-trigger", CreateTrigger.class, "CREATE TRIGGER", "sql-createtrigger")
                        .target(SHARE_ROW_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARTITIONS,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.isPartitioned()
                                                && situation.subject().forEachRow()
                                        ? situation.below()
                                        : List.of())
                        .lock(
                                Role.OTHERS,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.subject().from().stream()
                                        .map(situation::resolve)
                                        .toList())
                        .sample(
                                World.TRIGGERS,
                                "CREATE OR REPLACE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note()",
                                "CREATE CONSTRAINT TRIGGER ct AFTER INSERT ON t FROM log FOR EACH ROW EXECUTE FUNCTION note()")
                        .also(
                                World.EVENTS,
                                "CREATE TRIGGER t AFTER INSERT ON events FOR EACH ROW"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                                "CREATE TRIGGER t AFTER INSERT ON events FOR EACH STATEMENT"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()")
                        .also(
                                World.INHERITED,
                                "CREATE TRIGGER t BEFORE UPDATE ON parent FOR EACH ROW"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
                LockRow.of("create-rule", CreateRule.class, "CREATE RULE", "sql-createrule")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING"),
                LockRow.of("create-policy", CreatePolicy.class, "CREATE POLICY", "sql-createpolicy")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.SOURCE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> reads(
                                        situation,
                                        situation.subject().using(),
                                        situation.subject().withCheck()))
                        .sample(
                                World.TRIGGERS,
                                "CREATE POLICY q ON t USING (true)",
                                "CREATE POLICY q ON t USING (EXISTS (SELECT 1 FROM log))"),
                LockRow.of("alter-policy", AlterPolicy.class, "ALTER POLICY", "sql-alterpolicy")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.SOURCE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> reads(
                                        situation,
                                        situation.subject().using(),
                                        situation.subject().withCheck()))
                        .sample(
                                World.TRIGGERS,
                                "ALTER POLICY p ON t USING (false)",
                                "ALTER POLICY p ON t USING (EXISTS (SELECT 1 FROM log))"),
                LockRow.of("create-statistics", CreateStatistics.class, "CREATE STATISTICS", "sql-createstatistics")
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "CREATE STATISTICS s ON note, total FROM orders")
                        .also(World.EVENTS, "CREATE STATISTICS s ON id, kind FROM events"),
                LockRow.of(
                                "publication",
                                ObjectStatement.Publication.class,
                                "CREATE PUBLICATION, ALTER PUBLICATION",
                                "sql-createpublication")
                        .lock(
                                Role.TARGET,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.target().equals(Part.NO_RELATION)
                                        ? List.of()
                                        : List.of(situation.target()))
                        .mayLock(
                                Role.OTHERS,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.subject().action() == ObjectStatement.Publication.Action.SET
                                        ? situation.relations().tables()
                                        : List.of())
                        .sample(
                                World.SHOP,
                                "CREATE PUBLICATION lk FOR TABLE orders",
                                "CREATE PUBLICATION lk FOR ALL TABLES")
                        .also(
                                World.TRIGGERS,
                                "ALTER PUBLICATION changes ADD TABLE t",
                                "ALTER PUBLICATION changes SET TABLE t",
                                "ALTER PUBLICATION changes DROP TABLE log"),
                LockRow.of(
                                "publication-schemas",
                                ObjectStatement.Publication.class,
                                "CREATE PUBLICATION",
                                "sql-createpublication")
                        .when(
                                "FOR TABLES IN SCHEMA",
                                situation -> !situation.subject().schemas().isEmpty())
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "TABLES IN SCHEMA needs PostgreSQL 15")
                        .sample(World.SHOP, "CREATE PUBLICATION lk FOR TABLES IN SCHEMA public"));
    }

    /** The relations that subqueries of a policy's conditions read. */
    private static List<QualifiedName> reads(
            Situation<?> situation, Optional<Expression> using, Optional<Expression> check) {
        return Stream.concat(using.stream(), check.stream())
                .flatMap(ObjectRows::subqueries)
                .flatMap(query -> query.relations().stream())
                .map(situation::resolve)
                .toList();
    }

    private static Stream<Query> subqueries(Expression expression) {
        return expression instanceof Expression.Subquery subquery
                ? Stream.of(subquery.query())
                : expression.children().stream().flatMap(ObjectRows::subqueries);
    }

    private static List<LockRow<?>> objects() {
        Set<ObjectKind> outside = EnumSet.of(ObjectKind.DATABASE, ObjectKind.TABLESPACE, ObjectKind.SYSTEM);
        return List.of(
                LockRow.of("comment", ObjectStatement.Comment.class, "COMMENT", "sql-comment")
                        .when(
                                "on a relation or column",
                                situation ->
                                        (RELATIONS.contains(situation.subject().kind())
                                                        || situation.subject().kind() == ObjectKind.COLUMN)
                                                && !situation.subject().securityLabel())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "COMMENT ON TABLE orders IS 'x'",
                                "COMMENT ON COLUMN orders.note IS 'x'",
                                "COMMENT ON INDEX orders_note IS 'x'"),
                LockRow.of("comment-attached", ObjectStatement.Comment.class, "COMMENT", "sql-comment")
                        .when(
                                "on a constraint, trigger, rule or policy",
                                situation ->
                                        ON_TABLES.contains(situation.subject().kind())
                                                || situation.subject().kind() == ObjectKind.TABLE_CONSTRAINT)
                        .target(ACCESS_SHARE, Work.NONE)
                        .sample(World.SHOP, "COMMENT ON CONSTRAINT orders_pkey ON orders IS 'x'")
                        .also(World.TRIGGERS, "COMMENT ON TRIGGER g ON t IS 'x'"),
                LockRow.of("comment-other", ObjectStatement.Comment.class, "COMMENT", "sql-comment")
                        .when(
                                "on anything else",
                                situation ->
                                        !RELATIONS.contains(situation.subject().kind())
                                                && situation.subject().part().isEmpty())
                        .sample(World.SCHEMAS, "COMMENT ON SCHEMA shop IS 'x'")
                        .also(World.TYPES, "COMMENT ON TYPE mood IS 'x'"),
                LockRow.of("grant", ObjectStatement.Grant.class, "GRANT, REVOKE", "sql-grant")
                        .sample(
                                World.SHOP,
                                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC",
                                "GRANT USAGE ON SCHEMA public TO PUBLIC"),
                LockRow.of("grant-18", ObjectStatement.Grant.class, "GRANT, REVOKE", "sql-grant")
                        .when(
                                "on relations by name",
                                situation -> !situation.target().equals(Part.NO_RELATION))
                        .since(PgVersion.V18)
                        .target(ACCESS_SHARE, Work.NONE)
                        .sample(World.SHOP, "GRANT SELECT ON orders TO PUBLIC", "REVOKE SELECT ON orders FROM PUBLIC")
                        .also(World.SEQUENCES, "GRANT USAGE ON SEQUENCE s TO PUBLIC"),
                LockRow.of(
                                "default-privileges",
                                ObjectStatement.DefaultPrivileges.class,
                                "ALTER DEFAULT PRIVILEGES",
                                "sql-alterdefaultprivileges")
                        .sample(World.SHOP, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC"),
                LockRow.of("alter-owner", ObjectStatement.AlterOwner.class, "ALTER … OWNER TO", "sql-commands")
                        .sample(World.SCHEMAS, "ALTER SCHEMA shop OWNER TO pg_monitor")
                        .also(World.TYPES, "ALTER DOMAIN plain OWNER TO pg_monitor")
                        .also(World.TRIGGERS, "ALTER FUNCTION vol() OWNER TO pg_monitor"),
                LockRow.of(
                                "create-extension",
                                ObjectStatement.CreateExtension.class,
                                "CREATE EXTENSION",
                                "sql-createextension")
                        .sample(World.SHOP, "CREATE EXTENSION IF NOT EXISTS plpgsql"),
                LockRow.of(
                                "create-object",
                                ObjectStatement.CreateObject.class,
                                "CREATE ROLE, COLLATION, OPERATOR, …",
                                "sql-commands")
                        .when(
                                "inside the database",
                                situation ->
                                        !outside.contains(situation.subject().kind()))
                        .sample(
                                World.SHOP,
                                "CREATE ROLE lk",
                                "CREATE COLLATION c FROM \"C\"",
                                "CREATE FOREIGN DATA WRAPPER f",
                                "CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq)"),
                LockRow.of(
                                "create-database",
                                ObjectStatement.CreateObject.class,
                                "CREATE DATABASE, CREATE TABLESPACE",
                                "sql-createdatabase")
                        .when(
                                "",
                                situation ->
                                        outside.contains(situation.subject().kind()))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "CREATE DATABASE lk"),
                LockRow.of(
                                "alter-object",
                                ObjectStatement.AlterObject.class,
                                "ALTER ROLE, EXTENSION, STATISTICS, …",
                                "sql-commands")
                        .when(
                                "inside the database",
                                situation -> situation.subject().kind() != ObjectKind.SYSTEM)
                        .sample(World.CHECKED, "ALTER STATISTICS st SET STATISTICS 100")
                        .also(World.SHOP, "ALTER DATABASE postgres SET work_mem = '4MB'"),
                LockRow.of("alter-system", ObjectStatement.AlterObject.class, "ALTER SYSTEM", "sql-altersystem")
                        .when("", situation -> situation.subject().kind() == ObjectKind.SYSTEM)
                        .notInTransactionBlock()
                        .sample(World.SHOP, "ALTER SYSTEM SET work_mem = '4MB'"));
    }

    private static List<LockRow<?>> sequences() {
        return List.of(
                LockRow.of(
                                "create-sequence",
                                ObjectStatement.CreateSequence.class,
                                "CREATE SEQUENCE",
                                "sql-createsequence")
                        .lock(
                                Role.TABLE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation ->
                                        owner(situation, situation.subject().ownedBy()))
                        .sample(World.SHOP, "CREATE SEQUENCE s", "CREATE SEQUENCE s OWNED BY orders.id"),
                LockRow.of("alter-sequence", ObjectStatement.AlterSequence.class, "ALTER SEQUENCE", "sql-altersequence")
                        .target(SHARE_ROW_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.TABLE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation ->
                                        owner(situation, situation.subject().ownedBy()))
                        .sample(World.SEQUENCES, "ALTER SEQUENCE s OWNED BY t.x", "ALTER SEQUENCE s OWNED BY NONE"),
                LockRow.of(
                                "alter-sequence-options",
                                ObjectStatement.AlterSequence.class,
                                "ALTER SEQUENCE",
                                "sql-altersequence")
                        .when(
                                "RESTART, INCREMENT, AS, …",
                                situation -> situation.subject().options().stream()
                                        .anyMatch(option -> !option.name().equals("owned_by")))
                        .work(Role.TARGET, Work.NEW_FILES, situation -> List.of(situation.target()))
                        .sample(
                                World.SEQUENCES,
                                "ALTER SEQUENCE s RESTART WITH 10",
                                "ALTER SEQUENCE s INCREMENT 5",
                                "ALTER SEQUENCE s AS smallint"));
    }

    private static List<QualifiedName> owner(Situation<?> situation, Optional<ObjectStatement.SequenceOwner> owner) {
        return owner.flatMap(ObjectStatement.SequenceOwner::table).stream()
                .map(situation::resolve)
                .toList();
    }

    private static List<LockRow<?>> routines() {
        return List.of(
                LockRow.of(
                                "create-function",
                                RoutineStatement.CreateFunction.class,
                                "CREATE FUNCTION",
                                "sql-createfunction")
                        .sample(World.SHOP, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
                        .also(
                                World.TRIGGERS,
                                "CREATE OR REPLACE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
                                        + " $$ BEGIN RETURN NEW; END $$"),
                LockRow.of(
                                "alter-function",
                                RoutineStatement.AlterFunction.class,
                                "ALTER FUNCTION",
                                "sql-alterfunction")
                        .sample(World.TRIGGERS, "ALTER FUNCTION vol() STABLE"));
    }
}
