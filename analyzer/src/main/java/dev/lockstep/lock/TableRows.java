package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AlterAction.ClusterOn;
import dev.lockstep.sql.AlterAction.Inherit;
import dev.lockstep.sql.AlterAction.NoInherit;
import dev.lockstep.sql.AlterAction.OfType;
import dev.lockstep.sql.AlterAction.OwnerTo;
import dev.lockstep.sql.AlterAction.Plain;
import dev.lockstep.sql.AlterAction.ReplicaIdentity;
import dev.lockstep.sql.AlterAction.SetAccessMethod;
import dev.lockstep.sql.AlterAction.SetTablespace;
import dev.lockstep.sql.AlterAction.StorageParameters;
import dev.lockstep.sql.AlterAction.Switch;
import dev.lockstep.sql.Option;
import dev.lockstep.sql.Statement.Persistence;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ALTER TABLE does to a table as a whole. */
final class TableRows {

    /** Storage parameters whose lock is the strongest; every other takes the weakest that a schema change can do with. */
    private static final Set<String> STRONG_PARAMETERS = Set.of(
            "user_catalog_table",
            "security_barrier",
            "security_invoker",
            "check_option",
            "fastupdate",
            "gin_pending_list_limit",
            "buffering",
            "pages_per_range",
            "autosummarize");

    private TableRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(settings(), storage(), ownership(), switches());
    }

    private static <S extends AlterAction> LockRow.Builder<S> row(String id, Class<S> action, String form) {
        return LockRow.of(id, action, "ALTER TABLE … " + form, "sql-altertable");
    }

    private static List<LockRow<?>> settings() {
        return List.of(
                row("set-parameters", StorageParameters.class, "SET (…)")
                        .when("", situation -> !isStrong(situation) && !situation.isPartitioned())
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders SET (fillfactor = 70)",
                                "ALTER TABLE orders SET (autovacuum_enabled = off)",
                                "ALTER TABLE orders SET (toast.autovacuum_enabled = off)",
                                "ALTER TABLE orders RESET (fillfactor)",
                                "ALTER INDEX orders_note SET (fillfactor = 70)",
                                "ALTER INDEX orders_note RESET (fillfactor)",
                                "ALTER TABLE orders_note SET (fillfactor = 70)")
                        .also(World.VIEWS, "ALTER MATERIALIZED VIEW m SET (fillfactor = 70)")
                        .also(World.NESTED, "ALTER TABLE e1a SET (fillfactor = 50)"),
                row("set-strong-parameters", StorageParameters.class, "SET (…)")
                        .when(
                                "user_catalog_table, a view's options, and those of GIN, GiST and BRIN indexes",
                                TableRows::isStrong)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders SET (user_catalog_table = true)",
                                "ALTER TABLE orders SET (fillfactor = 70, user_catalog_table = true)",
                                "ALTER TABLE orders RESET (user_catalog_table)")
                        .also(World.VIEWS, "ALTER VIEW v SET (security_barrier = true)")
                        .also(World.INDEXED, "ALTER INDEX t_brin SET (autosummarize = on)"),
                row("set-parameters-partitioned", StorageParameters.class, "SET (…)")
                        .when("a partitioned table", Situation::isPartitioned)
                        .until(PgVersion.V15)
                        .fails("22023", Failure.When.ALWAYS, "unrecognized parameter")
                        .sample(World.EVENTS, "ALTER TABLE events SET (fillfactor = 70)"),
                row("set-parameters-partitioned-16", StorageParameters.class, "SET (…)")
                        .when("a partitioned table", Situation::isPartitioned)
                        .since(PgVersion.V16)
                        .fails(
                                "42809",
                                Failure.When.ALWAYS,
                                "cannot specify storage parameters for a partitioned table")
                        .sample(World.EVENTS, "ALTER TABLE events SET (fillfactor = 70)"),
                row("cluster-on", ClusterOn.class, "CLUSTER ON")
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> List.of(new QualifiedName(
                                        situation.target().schema(),
                                        situation.subject().index())))
                        .sample(World.SHOP, "ALTER TABLE orders CLUSTER ON orders_pkey")
                        .also(World.VIEWS, "ALTER MATERIALIZED VIEW m CLUSTER ON m_id"),
                row("cluster-on-partitioned", ClusterOn.class, "CLUSTER ON")
                        .when("a partitioned table", Situation::isPartitioned)
                        .fails("0A000", Failure.When.ALWAYS, "cannot mark index clustered in partitioned table")
                        .sample(World.NESTED, "ALTER TABLE e CLUSTER ON e_id"),
                row("set-without-cluster", Plain.class, "SET WITHOUT CLUSTER")
                        .when("", situation -> situation.subject().kind() == Plain.Kind.SET_WITHOUT_CLUSTER)
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders SET WITHOUT CLUSTER"),
                row("replica-identity", ReplicaIdentity.class, "REPLICA IDENTITY")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders REPLICA IDENTITY FULL")
                        .also(World.NESTED, "ALTER TABLE e REPLICA IDENTITY FULL"),
                row("replica-identity-index", ReplicaIdentity.class, "REPLICA IDENTITY USING INDEX")
                        .when("", situation -> situation.subject().index().isPresent())
                        .lock(
                                Role.INDEXES,
                                SHARE,
                                Work.NONE,
                                situation -> situation.subject().index().stream()
                                        .map(index -> new QualifiedName(
                                                situation.target().schema(), index))
                                        .toList())
                        .sample(World.SHOP, "ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_pkey"));
    }

    private static boolean isStrong(Situation<StorageParameters> situation) {
        return situation.isView()
                || situation.subject().options().stream().map(Option::name).anyMatch(STRONG_PARAMETERS::contains);
    }

    private static List<LockRow<?>> storage() {
        return List.of(
                row("set-logged", Plain.class, "SET LOGGED, SET UNLOGGED")
                        .when(
                                "",
                                situation -> persistence(situation).isPresent()
                                        && !situation.dependents().isSequence(situation.target()))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders SET LOGGED"),
                row("set-unlogged-rewrite", Plain.class, "SET LOGGED, SET UNLOGGED")
                        .when("when that changes something", TableRows::changesPersistence)
                        .work(Role.TARGET, Work.REWRITE, situation -> List.of(situation.target()))
                        .lock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.INDEX_BUILD,
                                situation -> situation.relations().storedIndexesOf(List.of(situation.target())))
                        .sample(World.SHOP, "ALTER TABLE lines SET UNLOGGED", "ALTER TABLE alone SET UNLOGGED")
                        .also(World.INHERITED, "ALTER TABLE parent SET UNLOGGED"),
                row("set-unlogged-sequences", Plain.class, "SET LOGGED, SET UNLOGGED")
                        .when("when that changes something", TableRows::changesPersistence)
                        .since(PgVersion.V15)
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NEW_FILES,
                                situation -> situation.dependents().sequencesOf(List.of(situation.target())))
                        .sample(World.SEQUENCES, "ALTER TABLE t SET UNLOGGED"),
                row("set-unlogged-referenced", Plain.class, "SET UNLOGGED")
                        .when(
                                "a permanent table refers to it",
                                situation -> persistence(situation)
                                                .filter(wanted -> wanted == Persistence.UNLOGGED)
                                                .isPresent()
                                        && situation.relations().referencing(situation.target()).stream()
                                                .anyMatch(child -> isOf(situation, child, Persistence.PERMANENT)))
                        .fails("42P16", Failure.When.ALWAYS, "a logged table references it")
                        .sample(World.SHOP, "ALTER TABLE orders SET UNLOGGED"),
                row("set-unlogged-partitioned", Plain.class, "SET LOGGED, SET UNLOGGED")
                        .when(
                                "a partitioned table",
                                situation -> persistence(situation).isPresent() && situation.isPartitioned())
                        .since(PgVersion.V18)
                        .fails("42809", Failure.When.ALWAYS, "not supported for partitioned tables")
                        .sample(World.EVENTS, "ALTER TABLE events SET UNLOGGED"),
                LockRow.of("sequence-set-unlogged", Plain.class, "ALTER SEQUENCE … SET UNLOGGED", "sql-altersequence")
                        .when(
                                "",
                                situation -> persistence(situation).isPresent()
                                        && situation.dependents().isSequence(situation.target()))
                        .since(PgVersion.V15)
                        .target(ACCESS_EXCLUSIVE, Work.NEW_FILES)
                        .sample(World.SEQUENCES, "ALTER SEQUENCE s SET UNLOGGED"),
                LockRow.of(
                                "sequence-set-unlogged-unknown",
                                Plain.class,
                                "ALTER SEQUENCE … SET UNLOGGED",
                                "sql-altersequence")
                        .when(
                                "",
                                situation -> persistence(situation).isPresent()
                                        && situation.dependents().isSequence(situation.target()))
                        .until(PgVersion.V14)
                        .fails("42809", Failure.When.ALWAYS, "unlogged sequences need PostgreSQL 15")
                        .sample(World.SEQUENCES, "ALTER SEQUENCE s SET UNLOGGED"),
                row("set-tablespace", SetTablespace.class, "SET TABLESPACE")
                        .target(ACCESS_EXCLUSIVE, Work.UNKNOWN)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders SET TABLESPACE pg_default",
                                "ALTER INDEX orders_note SET TABLESPACE pg_default")
                        .also(World.EVENTS, "ALTER TABLE events SET TABLESPACE pg_default"),
                row("set-access-method", SetAccessMethod.class, "SET ACCESS METHOD")
                        .when("", situation -> !situation.isPartitioned())
                        .since(PgVersion.V15)
                        .target(ACCESS_EXCLUSIVE, Work.UNKNOWN)
                        .sample(World.SHOP, "ALTER TABLE orders SET ACCESS METHOD heap"),
                row("set-access-method-unknown", SetAccessMethod.class, "SET ACCESS METHOD")
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "SET ACCESS METHOD needs PostgreSQL 15")
                        .sample(World.SHOP, "ALTER TABLE orders SET ACCESS METHOD heap"),
                row("set-access-method-partitioned", SetAccessMethod.class, "SET ACCESS METHOD")
                        .when("a partitioned table", Situation::isPartitioned)
                        .since(PgVersion.V15)
                        .until(PgVersion.V16)
                        .fails("42809", Failure.When.ALWAYS, "cannot change access method of a partitioned table")
                        .sample(World.NESTED, "ALTER TABLE e SET ACCESS METHOD heap"),
                row("set-access-method-partitioned-17", SetAccessMethod.class, "SET ACCESS METHOD")
                        .when("a partitioned table", Situation::isPartitioned)
                        .since(PgVersion.V17)
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.NESTED, "ALTER TABLE e SET ACCESS METHOD heap"));
    }

    private static Optional<Persistence> persistence(Situation<Plain> situation) {
        return switch (situation.subject().kind()) {
            case SET_LOGGED -> Optional.of(Persistence.PERMANENT);
            case SET_UNLOGGED -> Optional.of(Persistence.UNLOGGED);
            default -> Optional.empty();
        };
    }

    private static boolean changesPersistence(Situation<Plain> situation) {
        return persistence(situation)
                .filter(wanted -> !situation.isPartitioned()
                        && !situation.dependents().isSequence(situation.target())
                        && !isOf(situation, situation.target(), wanted))
                .isPresent();
    }

    private static boolean isOf(Situation<?> situation, QualifiedName table, Persistence persistence) {
        return situation
                .catalog()
                .table(table)
                .value()
                .filter(known -> known.kind() != Table.Kind.UNKNOWN && known.persistence() == persistence)
                .isPresent();
    }

    private static List<LockRow<?>> ownership() {
        return List.of(
                row("owner-to", OwnerTo.class, "OWNER TO")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .mayLock(
                                Role.INDEXES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.relations().indexesOf(List.of(situation.target())))
                        .mayLock(
                                Role.SEQUENCES,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.dependents().sequencesOf(List.of(situation.target())))
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders OWNER TO pg_monitor",
                                "ALTER TABLE orders OWNER TO CURRENT_USER")
                        .also(
                                World.SEQUENCES,
                                "ALTER TABLE t OWNER TO pg_monitor",
                                "ALTER SEQUENCE s OWNER TO pg_monitor")
                        .also(World.EVENTS, "ALTER TABLE events OWNER TO pg_monitor")
                        .also(
                                World.VIEWS,
                                "ALTER VIEW v OWNER TO pg_monitor",
                                "ALTER MATERIALIZED VIEW m OWNER TO pg_monitor"),
                row("inherit", Inherit.class, "INHERIT")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARENT,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> List.of(
                                        situation.resolve(situation.subject().parent())))
                        .sample(World.INHERITED, "ALTER TABLE other INHERIT parent"),
                row("no-inherit", NoInherit.class, "NO INHERIT")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARENT,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> List.of(
                                        situation.resolve(situation.subject().parent())))
                        .sample(World.INHERITED, "ALTER TABLE child NO INHERIT parent"),
                row("of-type", OfType.class, "OF")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.OTHERS,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> List.of(situation
                                        .dependents()
                                        .typeNamed(new QualifiedName(
                                                situation
                                                        .subject()
                                                        .type()
                                                        .schema()
                                                        .orElse(situation
                                                                .target()
                                                                .schema()),
                                                situation.subject().type().name()))))
                        .sample(World.COMPOSITE, "ALTER TABLE typed OF shape"));
    }

    private static List<LockRow<?>> switches() {
        Set<Plain.Kind> strong = EnumSet.of(
                Plain.Kind.SET_WITHOUT_OIDS,
                Plain.Kind.NOT_OF,
                Plain.Kind.ENABLE_ROW_LEVEL_SECURITY,
                Plain.Kind.DISABLE_ROW_LEVEL_SECURITY,
                Plain.Kind.FORCE_ROW_LEVEL_SECURITY,
                Plain.Kind.NO_FORCE_ROW_LEVEL_SECURITY);
        return List.of(
                row("row-level-security", Plain.class, "ROW LEVEL SECURITY, NOT OF")
                        .when(
                                "",
                                situation -> strong.contains(situation.subject().kind()))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                                "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
                                "ALTER TABLE orders SET WITHOUT OIDS")
                        .also(World.COMPOSITE, "ALTER TABLE typed NOT OF")
                        .also(World.EVENTS, "ALTER TABLE events ENABLE ROW LEVEL SECURITY"),
                row("switch-trigger", Switch.class, "ENABLE TRIGGER, DISABLE TRIGGER")
                        .when("", situation -> !situation.subject().rule())
                        .target(SHARE_ROW_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders DISABLE TRIGGER ALL",
                                "ALTER TABLE orders DISABLE TRIGGER USER",
                                "ALTER TABLE orders ENABLE TRIGGER ALL")
                        .also(
                                World.TRIGGERS,
                                "ALTER TABLE t DISABLE TRIGGER g",
                                "ALTER TABLE t ENABLE ALWAYS TRIGGER g")
                        .also(World.INHERITED, "ALTER TABLE parent DISABLE TRIGGER ALL")
                        .also(World.BARE, "ALTER TABLE events DISABLE TRIGGER ALL")
                        .also(
                                World.EVENTS,
                                "ALTER TABLE events DISABLE TRIGGER ALL",
                                "ALTER TABLE events DISABLE TRIGGER USER")
                        .also(World.WATCHED, "ALTER TABLE events DISABLE TRIGGER once"),
                row("switch-trigger-partitioned", Switch.class, "ENABLE TRIGGER, DISABLE TRIGGER")
                        .when(
                                "triggers FOR EACH ROW of a partitioned table; those of foreign keys from 15 on",
                                TableRows::isHandedDown)
                        .lock(Role.PARTITIONS, SHARE_ROW_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(
                                World.WATCHED,
                                "ALTER TABLE events DISABLE TRIGGER USER",
                                "ALTER TABLE events DISABLE TRIGGER each",
                                "ALTER TABLE ONLY events DISABLE TRIGGER each"),
                row("switch-rule", Switch.class, "ENABLE RULE, DISABLE RULE")
                        .when("", situation -> situation.subject().rule())
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.TRIGGERS, "ALTER TABLE t DISABLE RULE r"));
    }

    /** Foreign keys are watched by triggers of the system's, which USER leaves alone. */
    private static boolean isHandedDown(Situation<Switch> situation) {
        if (situation.subject().rule() || !situation.isPartitioned()) {
            return false;
        }
        Optional<String> name = situation.subject().name();
        boolean system = situation.version().isAtLeast(PgVersion.V15)
                && name.isEmpty()
                && !situation.subject().userTriggersOnly();
        boolean linked = situation
                        .relations()
                        .foreignKeysOf(situation.target())
                        .findAny()
                        .isPresent()
                || !situation.catalog().referencing(situation.target()).isEmpty();
        return system && linked
                || situation.table().stream()
                        .flatMap(table -> table.attached().triggers().stream())
                        .anyMatch(trigger -> trigger.forEachRow()
                                && name.map(trigger.name()::equals).orElse(true));
    }
}
