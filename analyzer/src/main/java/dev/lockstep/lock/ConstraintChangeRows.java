package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.ROW_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.AlterAction.AlterConstraint;
import dev.lockstep.sql.AlterAction.DropConstraint;
import dev.lockstep.sql.AlterAction.ValidateConstraint;
import java.util.List;
import java.util.Optional;

/** Constraints that are validated, altered and dropped. */
final class ConstraintChangeRows {

    private ConstraintChangeRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(validate(), drop());
    }

    private static List<LockRow<?>> validate() {
        return List.of(
                LockRow.of(
                                "validate-constraint",
                                ValidateConstraint.class,
                                "ALTER TABLE … VALIDATE CONSTRAINT",
                                "sql-altertable")
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.PROOF, "ALTER TABLE t VALIDATE CONSTRAINT a_nn")
                        .also(World.SHOP, "ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey"),
                LockRow.of(
                                "validate-not-valid",
                                ValidateConstraint.class,
                                "ALTER TABLE … VALIDATE CONSTRAINT",
                                "sql-altertable")
                        .when("not valid yet", situation -> !isKnownValid(situation))
                        .work(Role.TARGET, Work.SCAN, situation -> List.of(situation.target()))
                        .lock(Role.PARTITIONS, SHARE_UPDATE_EXCLUSIVE, Work.SCAN, Situation::below)
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "check constraint is violated by some row")
                        .fails("23503", Failure.When.IF_A_ROW_VIOLATES, "violates foreign key constraint")
                        .sample(World.PROOF, "ALTER TABLE t VALIDATE CONSTRAINT b_nn")
                        .also(World.INHERITED, "ALTER TABLE parent VALIDATE CONSTRAINT later")
                        .also(
                                World.BROKEN,
                                "ALTER TABLE c VALIDATE CONSTRAINT p_small",
                                "ALTER TABLE c VALIDATE CONSTRAINT p_known"),
                LockRow.of(
                                "validate-foreign-key",
                                ValidateConstraint.class,
                                "ALTER TABLE … VALIDATE CONSTRAINT",
                                "sql-altertable")
                        .when(
                                "a foreign key, not valid yet",
                                situation -> !isKnownValid(situation)
                                        && key(situation).isPresent())
                        .indexes(ACCESS_SHARE, Work.NONE)
                        .lock(
                                Role.REFERENCED,
                                ROW_SHARE,
                                Work.READ,
                                situation -> key(situation)
                                        .flatMap(TableConstraint::referenced)
                                        .map(parent -> situation.relations().tree(parent))
                                        .orElse(List.of()))
                        .lock(
                                Role.REFERENCED_INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> key(situation)
                                        .flatMap(TableConstraint::referenced)
                                        .map(parent -> situation
                                                .relations()
                                                .storedIndexesOf(
                                                        situation.relations().tree(parent)))
                                        .orElse(List.of()))
                        .sample(World.KEYS, "ALTER TABLE c VALIDATE CONSTRAINT nv"),
                LockRow.of(
                                "alter-constraint",
                                AlterConstraint.class,
                                "ALTER TABLE … ALTER CONSTRAINT",
                                "sql-altertable")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.KEYS, "ALTER TABLE c ALTER CONSTRAINT nv DEFERRABLE"),
                LockRow.of(
                                "alter-constraint-enforced",
                                AlterConstraint.class,
                                "ALTER TABLE … ALTER CONSTRAINT",
                                "sql-altertable")
                        .when(
                                "[NOT] ENFORCED",
                                situation -> situation.subject().enforced().isPresent())
                        .since(PgVersion.V18)
                        .lock(
                                Role.REFERENCED,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation ->
                                        situation
                                                .constraint(situation.subject().name())
                                                .flatMap(TableConstraint::referenced)
                                                .stream()
                                                .toList())
                        .sample(World.KEYS, "ALTER TABLE c ALTER CONSTRAINT nv NOT ENFORCED"),
                LockRow.of(
                                "alter-constraint-enforced-unknown",
                                AlterConstraint.class,
                                "ALTER TABLE … ALTER CONSTRAINT",
                                "sql-altertable")
                        .when(
                                "[NOT] ENFORCED",
                                situation -> situation.subject().enforced().isPresent())
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "[NOT] ENFORCED needs PostgreSQL 18")
                        .sample(World.KEYS, "ALTER TABLE c ALTER CONSTRAINT nv NOT ENFORCED"));
    }

    private static boolean isKnownValid(Situation<ValidateConstraint> situation) {
        return situation
                .constraint(situation.subject().name())
                .filter(TableConstraint::isValid)
                .isPresent();
    }

    private static Optional<TableConstraint> key(Situation<ValidateConstraint> situation) {
        return situation
                .constraint(situation.subject().name())
                .filter(constraint -> constraint.kind() == TableConstraint.Kind.FOREIGN_KEY);
    }

    private static List<LockRow<?>> drop() {
        return List.of(
                dropRow("drop-constraint")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.PROOF, "ALTER TABLE t DROP CONSTRAINT a_nn")
                        .also(World.SHOP, "ALTER TABLE orders DROP CONSTRAINT IF EXISTS nothing")
                        .also(World.INDEXED, "ALTER TABLE t DROP CONSTRAINT v_ck"),
                dropRow("drop-constraint-of-children")
                        .when(
                                "with children: any of a partitioned table, a CHECK or NOT NULL by inheritance",
                                situation -> situation.isPartitioned()
                                        || dropped(situation)
                                                .filter(constraint ->
                                                        constraint.index().isPresent())
                                                .isEmpty())
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(World.EVENTS, "ALTER TABLE events DROP CONSTRAINT events_kind_fkey")
                        .also(World.INHERITED, "ALTER TABLE parent DROP CONSTRAINT small"),
                dropRow("drop-foreign-key")
                        .when("a foreign key", situation -> true)
                        .lock(
                                Role.REFERENCED,
                                ACCESS_EXCLUSIVE,
                                Work.NONE,
                                situation -> dropped(situation)
                                        .flatMap(TableConstraint::referenced)
                                        .map(parent -> situation.relations().tree(parent))
                                        .orElse(List.of()))
                        .sample(World.SHOP, "ALTER TABLE orders DROP CONSTRAINT orders_customer_id_fkey")
                        .also(World.EVENTS, "ALTER TABLE events DROP CONSTRAINT events_kind_fkey"),
                dropRow("drop-key")
                        .when("UNIQUE, PRIMARY KEY or EXCLUDE", situation -> true)
                        .lock(Role.INDEXES, ACCESS_EXCLUSIVE, Work.NONE, ConstraintChangeRows::droppedIndexes)
                        .sample(World.INDEXED, "ALTER TABLE t DROP CONSTRAINT w_u")
                        .also(World.INHERITED, "ALTER TABLE parent DROP CONSTRAINT parent_pkey"),
                dropRow("drop-referenced-key")
                        .when(
                                "CASCADE, and foreign keys rest on it",
                                situation -> situation.subject().cascade())
                        .lock(Role.REFERENCING, ACCESS_EXCLUSIVE, Work.NONE, ConstraintChangeRows::restingOn)
                        .sample(World.SHOP, "ALTER TABLE customers DROP CONSTRAINT customers_pkey CASCADE")
                        .also(World.KEYS, "ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE"),
                dropRow("drop-needed-key")
                        .when(
                                "no CASCADE, and foreign keys rest on it",
                                situation -> !situation.subject().cascade()
                                        && !restingOn(situation).isEmpty())
                        .fails("2BP01", Failure.When.ALWAYS, "other objects depend on the constraint")
                        .sample(World.SHOP, "ALTER TABLE customers DROP CONSTRAINT customers_pkey"));
    }

    private static LockRow.Builder<DropConstraint> dropRow(String id) {
        return LockRow.of(id, DropConstraint.class, "ALTER TABLE … DROP CONSTRAINT", "sql-altertable");
    }

    private static Optional<TableConstraint> dropped(Situation<DropConstraint> situation) {
        return situation.constraint(situation.subject().name());
    }

    private static List<QualifiedName> droppedIndexes(Situation<DropConstraint> situation) {
        QualifiedName index = new QualifiedName(
                situation.target().schema(), situation.subject().name());
        return dropped(situation).isPresent() && situation.relations().isIndex(index)
                ? situation.relations().indexTree(index)
                : List.of();
    }

    private static List<QualifiedName> restingOn(Situation<DropConstraint> situation) {
        return dropped(situation)
                .map(constraint -> situation.relations().referencingExactly(situation.target(), constraint.columns()))
                .orElse(List.of());
    }
}
