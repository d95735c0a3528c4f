package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Statement.CreateSchema;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.CreateTableAs;
import dev.lockstep.sql.Statement.CreateView;
import dev.lockstep.sql.Statement.Like;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** New relations: what matters is what they do to those that are there. */
final class CreateRows {

    private CreateRows() {}

    static List<LockRow<?>> rows() {
        return List.of(
                table("create-table")
                        .sample(
                                World.SHOP,
                                "CREATE TABLE t (id int)",
                                "CREATE TEMPORARY TABLE t (a int)",
                                "CREATE UNLOGGED TABLE t (a int)",
                                "CREATE TABLE IF NOT EXISTS orders (id int)",
                                "CREATE TABLE t (a int) PARTITION BY RANGE (a)"),
                table("create-table-references")
                        .when("with foreign keys", CreateRows::isNew)
                        .lock(
                                Role.REFERENCED,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> keys(situation)
                                        .map(key -> situation.resolve(key.referenced()))
                                        .filter(parent -> !parent.equals(situation.target()))
                                        .flatMap(parent -> situation.relations().partitionTree(parent).stream())
                                        .toList())
                        .lock(
                                Role.REFERENCED_INDEX,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> keys(situation)
                                        .flatMap(key -> situation.relations().referencedIndexes(key).stream())
                                        .toList())
                        .sample(
                                World.SHOP,
                                "CREATE TABLE t (id int, customer bigint REFERENCES customers)",
                                "CREATE TABLE t (id int, customer bigint, FOREIGN KEY (customer) REFERENCES customers (id))",
                                "CREATE TABLE t (id int PRIMARY KEY, parent int REFERENCES t)")
                        .also(World.KEYS, "CREATE TABLE n (a int REFERENCES p (code))")
                        .also(
                                World.EVENTS,
                                "CREATE TABLE refs (id int, e bigint, at date, FOREIGN KEY (e, at) REFERENCES events)"),
                table("create-table-inherits")
                        .when(
                                "INHERITS",
                                situation -> isNew(situation)
                                        && situation.subject().bound().isEmpty())
                        .lock(
                                Role.PARENT,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.subject().parents().stream()
                                        .map(situation::resolve)
                                        .toList())
                        .lock(Role.SEQUENCES, ACCESS_SHARE, Work.NONE, CreateRows::inheritedSequences)
                        .sample(World.INHERITED, "CREATE TABLE child2 () INHERITS (parent)")
                        .also(
                                World.NUMBERED,
                                "CREATE TABLE child () INHERITS (parent)",
                                "CREATE TABLE child (id serial) INHERITS (parent)"),
                table("create-table-like")
                        .when("LIKE", CreateRows::isNew)
                        .lock(
                                Role.SOURCE,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.subject().likes().stream()
                                        .map(like -> situation.resolve(like.table()))
                                        .toList())
                        .lock(
                                Role.SEQUENCES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.subject().likes().stream()
                                        .filter(like -> like.included().contains(Like.Included.DEFAULTS))
                                        .flatMap(
                                                like -> situation
                                                        .dependents()
                                                        .sequencesDrawnBy(situation.resolve(like.table()))
                                                        .stream())
                                        .toList())
                        .sample(World.SHOP, "CREATE TABLE t (LIKE alone)", "CREATE TABLE t (LIKE orders INCLUDING ALL)")
                        .also(World.SEQUENCES, "CREATE TABLE u (LIKE t INCLUDING ALL)"),
                table("create-table-exists")
                        .when(
                                "the name is taken",
                                situation -> !situation.subject().ifNotExists()
                                        && situation.relations().exists(situation.target()))
                        .fails("42P07", Failure.When.ALWAYS, "relation already exists")
                        .sample(World.SHOP, "CREATE TABLE orders (id int)"),
                table("create-table-not-enforced")
                        .when(
                                "a constraint NOT ENFORCED",
                                situation -> constraints(situation).anyMatch(constraint -> !isEnforced(constraint)))
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "NOT ENFORCED needs PostgreSQL 18")
                        .sample(World.SHOP, "CREATE TABLE t (id int CHECK (id > 0) NOT ENFORCED)"),
                table("create-table-virtual")
                        .when(
                                "a column GENERATED … VIRTUAL",
                                situation -> situation.subject().columns().stream()
                                        .flatMap(column -> column.generated().stream())
                                        .anyMatch(generated -> !generated.stored()))
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "virtual generated columns need PostgreSQL 18")
                        .sample(World.SHOP, "CREATE TABLE t (id int, d int GENERATED ALWAYS AS (id * 2) VIRTUAL)"),
                table("create-table-nulls-not-distinct")
                        .when(
                                "UNIQUE NULLS NOT DISTINCT",
                                situation -> constraints(situation)
                                        .anyMatch(constraint -> constraint instanceof Constraint.Unique unique
                                                && unique.nullsNotDistinct()))
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "NULLS NOT DISTINCT needs PostgreSQL 15")
                        .sample(World.SHOP, "CREATE TABLE t (id int UNIQUE NULLS NOT DISTINCT)"),
                LockRow.of(
                                "create-table-as",
                                CreateTableAs.class,
                                "CREATE TABLE AS, CREATE MATERIALIZED VIEW",
                                "sql-createtableas")
                        .when("locks what its query reads", situation -> true)
                        .sample(
                                World.SHOP,
                                "CREATE TABLE t AS SELECT * FROM orders",
                                "CREATE TABLE t AS SELECT * FROM alone WITH NO DATA",
                                "SELECT * INTO t FROM alone",
                                "CREATE TABLE t AS VALUES (1)",
                                "CREATE MATERIALIZED VIEW m AS SELECT * FROM orders",
                                "CREATE TABLE IF NOT EXISTS orders AS SELECT * FROM alone")
                        .also(World.VIEWS, "CREATE TABLE n AS SELECT * FROM vv"),
                LockRow.of("create-view", CreateView.class, "CREATE VIEW", "sql-createview")
                        .when("locks what its query reads", situation -> true)
                        .sample(World.SHOP, "CREATE VIEW v AS SELECT * FROM orders")
                        .also(World.VIEWS, "CREATE VIEW n AS SELECT * FROM v"),
                LockRow.of("replace-view", CreateView.class, "CREATE OR REPLACE VIEW", "sql-createview")
                        .when(
                                "the view is there",
                                situation -> situation.subject().orReplace()
                                        && situation.table().isPresent())
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(
                                World.VIEWS,
                                "CREATE OR REPLACE VIEW v AS SELECT id, a FROM t",
                                "CREATE OR REPLACE VIEW v AS SELECT id, a, b FROM t"),
                LockRow.of("create-schema", CreateSchema.class, "CREATE SCHEMA", "sql-createschema")
                        .sample(World.SHOP, "CREATE SCHEMA s", "CREATE SCHEMA s CREATE TABLE x (id int)"));
    }

    /** The sequences that inherited defaults draw from; a column's own default stands in the place of the inherited one. */
    static List<QualifiedName> inheritedSequences(Situation<CreateTable> situation) {
        Set<String> own = situation.subject().columns().stream()
                .filter(column -> column.defaultValue().isPresent()
                        || column.type().filter(TypeName::isSerial).isPresent())
                .map(column -> column.name().name())
                .collect(Collectors.toSet());
        return situation.subject().parents().stream()
                .flatMap(parent -> situation.table(situation.resolve(parent)).stream())
                .flatMap(parent -> parent.columns().stream())
                .filter(column -> !own.contains(column.name()))
                .flatMap(column -> column.defaultValue().stream())
                .flatMap(value -> situation.dependents().sequencesIn(value).stream())
                .toList();
    }

    private static LockRow.Builder<CreateTable> table(String id) {
        return LockRow.of(id, CreateTable.class, "CREATE TABLE", "sql-createtable");
    }

    static boolean isNew(Situation<CreateTable> situation) {
        return !(situation.subject().ifNotExists() && situation.relations().exists(situation.target()));
    }

    static boolean isEnforced(Constraint constraint) {
        return !(constraint instanceof Constraint.Check check && !check.enforced())
                && !(constraint instanceof Constraint.ForeignKey key && !key.enforced());
    }

    private static Stream<Constraint> constraints(Situation<CreateTable> situation) {
        return Stream.concat(
                situation.subject().constraints().stream(),
                situation.subject().columns().stream().flatMap(column -> column.constraints().stream()));
    }

    private static Stream<Constraint.ForeignKey> keys(Situation<CreateTable> situation) {
        return constraints(situation)
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(Constraint.ForeignKey.class::cast);
    }
}
