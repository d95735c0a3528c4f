package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Drop;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** DROP of anything but indexes; what is missing, too. */
final class DropRows {

    /** Objects whose DROP touches no relation. */
    private static final Set<ObjectKind> APART = EnumSet.of(
            ObjectKind.ACCESS_METHOD,
            ObjectKind.AGGREGATE,
            ObjectKind.CAST,
            ObjectKind.COLLATION,
            ObjectKind.CONVERSION,
            ObjectKind.EVENT_TRIGGER,
            ObjectKind.FOREIGN_DATA_WRAPPER,
            ObjectKind.FOREIGN_SERVER,
            ObjectKind.LANGUAGE,
            ObjectKind.OPERATOR,
            ObjectKind.OPERATOR_CLASS,
            ObjectKind.OPERATOR_FAMILY,
            ObjectKind.PROCEDURE,
            ObjectKind.PUBLICATION,
            ObjectKind.ROLE,
            ObjectKind.TEXT_SEARCH_CONFIGURATION,
            ObjectKind.TEXT_SEARCH_DICTIONARY,
            ObjectKind.TEXT_SEARCH_PARSER,
            ObjectKind.TEXT_SEARCH_TEMPLATE,
            ObjectKind.TRANSFORM,
            ObjectKind.USER_MAPPING,
            ObjectKind.FUNCTION,
            ObjectKind.ROUTINE,
            ObjectKind.EXTENSION);

    private DropRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(tables(), views(), sequencesAndTypes(), others());
    }

    private static LockRow.Builder<Drop> row(String id, String kind) {
        return LockRow.of(
                id,
                Drop.class,
                "DROP " + kind,
                "sql-drop" + kind.toLowerCase(java.util.Locale.ROOT).replace(" ", ""));
    }

    private static Predicate<Situation<Drop>> drops(ObjectKind... kinds) {
        return situation -> List.of(kinds).contains(situation.subject().kind());
    }

    private static Predicate<Situation<Drop>> cascades(ObjectKind... kinds) {
        return situation -> drops(kinds).test(situation) && situation.subject().cascade();
    }

    private static List<LockRow<?>> tables() {
        return List.of(
                row("drop-table", "TABLE")
                        .when("", drops(ObjectKind.TABLE, ObjectKind.FOREIGN_TABLE))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(situation.tree()))
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().sequencesOf(situation.tree()))
                        .sample(World.SHOP, "DROP TABLE alone", "DROP TABLE IF EXISTS alone", "DROP TABLE lines, alone")
                        .also(World.SEQUENCES, "DROP TABLE t")
                        .also(World.EVENTS, "DROP TABLE events")
                        .also(World.INHERITED, "DROP TABLE child", "DROP TABLE parent CASCADE"),
                row("drop-table-references", "TABLE")
                        .when("it has foreign keys", drops(ObjectKind.TABLE))
                        .lock(
                                Role.REFERENCED,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.tree().stream()
                                        .flatMap(table -> situation.relations().referencedBy(table).stream())
                                        .filter(parent -> !situation.tree().contains(situation.target())
                                                || !isPartitionKeyCopy(situation, parent))
                                        .toList())
                        .sample(World.SHOP, "DROP TABLE lines")
                        .also(World.KEYS, "DROP TABLE c"),
                row("drop-table-referenced", "TABLE")
                        .when("CASCADE, and foreign keys refer to it", cascades(ObjectKind.TABLE))
                        .lock(
                                Role.REFERENCING,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().referencing(situation.target()))
                        .sample(World.SHOP, "DROP TABLE customers CASCADE", "DROP TABLE orders CASCADE"),
                row("drop-table-viewed", "TABLE")
                        .when("CASCADE, and views read it", cascades(ObjectKind.TABLE))
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().viewsOver(situation.target()))
                        .sample(World.VIEWS, "DROP TABLE t CASCADE"),
                row("drop-table-drawn-from", "TABLE")
                        .when(
                                "CASCADE, and a default of another table draws from a sequence of its",
                                cascades(ObjectKind.TABLE))
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .dependents()
                                        .drawingFrom(situation.dependents().sequencesOf(situation.tree())))
                        .sample(World.NUMBERED, "DROP TABLE owner CASCADE"),
                row("drop-table-needed", "TABLE")
                        .when(
                                "no CASCADE, and a foreign key, a view, a child or a default of another table needs it",
                                situation -> drops(ObjectKind.TABLE).test(situation)
                                        && !situation.subject().cascade()
                                        && situation
                                                .dependents()
                                                .ofRelation(situation.target())
                                                .anyMatch(other -> !isDropped(situation, other)))
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the table")
                        .sample(World.SHOP, "DROP TABLE customers", "DROP TABLE customers, alone")
                        .also(World.NUMBERED, "DROP TABLE owner")
                        .also(World.VIEWS, "DROP TABLE t")
                        .also(World.INHERITED, "DROP TABLE parent"),
                row("drop-partition", "TABLE")
                        .when("a partition", drops(ObjectKind.TABLE))
                        .lock(
                                Role.PARENT,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().partitionedParent(situation.target()).stream()
                                        .toList())
                        .lock(
                                Role.DEFAULT_PARTITION,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .relations()
                                        .partitionedParent(situation.target())
                                        .map(parent -> situation.relations().defaultPartition(parent))
                                        .orElse(List.of()))
                        .sample(World.EVENTS, "DROP TABLE events_1")
                        .also(World.DEFAULTED, "DROP TABLE events_1", "DROP TABLE events_d")
                        .also(World.NESTED, "DROP TABLE e1", "DROP TABLE e1a"));
    }

    /** A partition's copy of its parent's foreign key goes without a lock on the referenced table. */
    private static boolean isPartitionKeyCopy(Situation<Drop> situation, QualifiedName referenced) {
        return situation
                .relations()
                .partitionedParent(situation.target())
                .map(parent -> situation.relations().referencedBy(parent).contains(referenced))
                .orElse(false);
    }

    private static boolean isDropped(Situation<Drop> situation, QualifiedName other) {
        return situation.subject().objects().stream().map(situation::resolve).anyMatch(other::equals);
    }

    private static List<LockRow<?>> views() {
        ObjectKind[] kinds = {ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW};
        return List.of(
                row("drop-view", "VIEW")
                        .when("or MATERIALIZED VIEW", drops(kinds))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(List.of(situation.target())))
                        .sample(World.VIEWS, "DROP VIEW vv", "DROP MATERIALIZED VIEW m"),
                row("drop-view-viewed", "VIEW")
                        .when("CASCADE, and views read it", cascades(kinds))
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().viewsOver(situation.target()))
                        .sample(World.VIEWS, "DROP VIEW v CASCADE"),
                row("drop-view-needed", "VIEW")
                        .when(
                                "no CASCADE, and views read it",
                                situation -> drops(kinds).test(situation)
                                        && !situation.subject().cascade()
                                        && situation
                                                .dependents()
                                                .ofRelation(situation.target())
                                                .anyMatch(other -> !isDropped(situation, other)))
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the view")
                        .sample(World.VIEWS, "DROP VIEW v"));
    }

    private static List<LockRow<?>> sequencesAndTypes() {
        return List.of(
                row("drop-sequence", "SEQUENCE")
                        .when("", drops(ObjectKind.SEQUENCE))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SEQUENCES, "DROP SEQUENCE s", "DROP SEQUENCE owned"),
                row("drop-sequence-used", "SEQUENCE")
                        .when("CASCADE, and a default draws from it", cascades(ObjectKind.SEQUENCE))
                        .lock(
                                Role.USERS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().drawingFrom(List.of(situation.target())))
                        .sample(World.SEQUENCES, "DROP SEQUENCE t_id_seq CASCADE"),
                row("drop-sequence-needed", "SEQUENCE")
                        .when(
                                "no CASCADE, and a default draws from it",
                                situation -> drops(ObjectKind.SEQUENCE).test(situation)
                                        && !situation.subject().cascade()
                                        && !situation
                                                .dependents()
                                                .drawingFrom(List.of(situation.target()))
                                                .isEmpty())
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the sequence")
                        .sample(World.SEQUENCES, "DROP SEQUENCE t_id_seq"),
                row("drop-type", "TYPE")
                        .when("or DOMAIN", drops(ObjectKind.TYPE, ObjectKind.DOMAIN))
                        .sample(World.DOMAINS, "DROP DOMAIN unused"),
                row("drop-type-used", "TYPE")
                        .when("or DOMAIN; CASCADE, and columns are of it", cascades(ObjectKind.TYPE, ObjectKind.DOMAIN))
                        .lock(
                                Role.USERS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().usersOfType(type(situation)))
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().ofColumnsOf(type(situation)))
                        .sample(
                                World.DOMAINS,
                                "DROP DOMAIN d CASCADE",
                                "DROP DOMAIN outer_d CASCADE",
                                "DROP DOMAIN used CASCADE")
                        .also(World.TYPES, "DROP TYPE mood CASCADE"),
                row("drop-type-needed", "TYPE")
                        .when(
                                "or DOMAIN; no CASCADE, and columns are of it",
                                situation -> drops(ObjectKind.TYPE, ObjectKind.DOMAIN)
                                                .test(situation)
                                        && !situation.subject().cascade()
                                        && !situation
                                                .dependents()
                                                .usersOfType(type(situation))
                                                .isEmpty())
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the type")
                        .sample(World.DOMAINS, "DROP DOMAIN d")
                        .also(World.TYPES, "DROP TYPE mood"),
                row("drop-composite", "TYPE")
                        .when(
                                "a composite type",
                                situation -> drops(ObjectKind.TYPE).test(situation)
                                        && situation.dependents().isComposite(type(situation)))
                        .lock(Role.TARGET, ACCESS_EXCLUSIVE, Work.NONE, situation -> List.of(type(situation)))
                        .sample(World.COMPOSITE, "DROP TYPE pair CASCADE"));
    }

    private static QualifiedName type(Situation<Drop> situation) {
        return situation.dependents().typeNamed(situation.target());
    }

    private static List<LockRow<?>> others() {
        return List.of(
                row("drop-schema", "SCHEMA")
                        .when("", drops(ObjectKind.SCHEMA))
                        .sample(World.SCHEMAS, "DROP SCHEMA bare"),
                row("drop-schema-cascade", "SCHEMA")
                        .when("CASCADE", cascades(ObjectKind.SCHEMA))
                        .lock(
                                Role.DEPENDENTS,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation
                                        .dependents()
                                        .allIn(situation.target().name()))
                        .sample(World.SCHEMAS, "DROP SCHEMA shop CASCADE"),
                row("drop-schema-needed", "SCHEMA")
                        .when(
                                "no CASCADE, and it is not empty",
                                situation -> drops(ObjectKind.SCHEMA).test(situation)
                                        && !situation.subject().cascade()
                                        && !situation
                                                .dependents()
                                                .allIn(situation.target().name())
                                                .isEmpty())
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the schema")
                        .sample(World.SCHEMAS, "DROP SCHEMA shop"),
                row("drop-trigger", "TRIGGER")
                        .when("or RULE or POLICY", drops(ObjectKind.TRIGGER, ObjectKind.RULE, ObjectKind.POLICY))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.TRIGGERS, "DROP TRIGGER g ON t", "DROP RULE r ON t", "DROP POLICY p ON t")
                        .also(World.WATCHED, "DROP TRIGGER once ON events", "DROP TRIGGER each ON parent"),
                row("drop-trigger-of-partitions", "TRIGGER")
                        .when(
                                "FOR EACH ROW, of a partitioned table",
                                situation -> drops(ObjectKind.TRIGGER).test(situation)
                                        && situation.isPartitioned()
                                        && situation.table().stream()
                                                .flatMap(table -> table.attached().triggers().stream())
                                                .anyMatch(trigger -> trigger.forEachRow()
                                                        && situation.subject().objects().stream()
                                                                .anyMatch(name -> name.name()
                                                                        .equals(trigger.name()))))
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(World.WATCHED, "DROP TRIGGER each ON events"),
                row("drop-statistics", "STATISTICS")
                        .when("", drops(ObjectKind.STATISTICS))
                        .mayLock(
                                Role.TABLE,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().tables())
                        .sample(World.CHECKED, "DROP STATISTICS st"),
                row("drop-database", "DATABASE")
                        .when("or TABLESPACE", drops(ObjectKind.DATABASE, ObjectKind.TABLESPACE))
                        .notInTransactionBlock()
                        .sample(World.SHOP, "DROP DATABASE IF EXISTS nothing"),
                LockRow.of("drop-other", Drop.class, "DROP FUNCTION, ROLE, PUBLICATION, …", "sql-commands")
                        .when(
                                "objects apart from relations, without CASCADE",
                                situation -> APART.contains(situation.subject().kind())
                                        && !situation.subject().cascade())
                        .sample(World.TRIGGERS, "DROP PUBLICATION changes", "DROP FUNCTION vol()")
                        .also(World.SHOP, "DROP FUNCTION IF EXISTS nothing()", "DROP ROLE IF EXISTS nobody"));
    }
}
