package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Identifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Constraints that are added. */
final class ConstraintRows {

    private ConstraintRows() {}

    static List<LockRow<?>> rows() {
        return LockTable.all(conditions(), keys(), foreignKeys());
    }

    private static LockRow.Builder<AddConstraint> add(String id, String form) {
        return LockRow.of(id, AddConstraint.class, "ALTER TABLE … ADD " + form, "sql-altertable");
    }

    private static <C extends Constraint> Predicate<Situation<AddConstraint>> adds(Class<C> kind, Predicate<C> which) {
        return situation -> constraint(situation, kind).filter(which).isPresent();
    }

    private static <C extends Constraint> Optional<C> constraint(Situation<AddConstraint> situation, Class<C> kind) {
        Constraint constraint = situation.subject().constraint();
        return kind.isInstance(constraint) ? Optional.of(kind.cast(constraint)) : Optional.empty();
    }

    private static List<LockRow<?>> conditions() {
        return List.of(
                add("add-check", "CHECK")
                        .when("", adds(Constraint.Check.class, check -> true))
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ADD CHECK (total >= 0) NOT VALID")
                        .also(World.INHERITED, "ALTER TABLE parent ADD CHECK (id > 0) NO INHERIT NOT VALID"),
                add("add-check-to-children", "CHECK")
                        .when(
                                "with children; before 18 not for NO INHERIT",
                                situation -> constraint(situation, Constraint.Check.class)
                                        .filter(check -> !check.noInherit()
                                                || situation.version().isAtLeast(PgVersion.V18))
                                        .isPresent())
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(World.NESTED, "ALTER TABLE e ADD CONSTRAINT cc CHECK (id > 0) NOT VALID"),
                add("add-check-valid", "CHECK")
                        .when("without NOT VALID", adds(Constraint.Check.class, ConstraintRows::isChecked))
                        .work(Role.TARGET, Work.SCAN, situation -> List.of(situation.target()))
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "check constraint is violated by some row")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD CHECK (total >= 0)",
                                "ALTER TABLE orders ADD CONSTRAINT ck CHECK (total > 100)"),
                add("add-check-valid-to-children", "CHECK")
                        .when(
                                "without NOT VALID and NO INHERIT, with children",
                                adds(Constraint.Check.class, check -> isChecked(check) && !check.noInherit()))
                        .work(Role.PARTITIONS, Work.SCAN, Situation::below)
                        .sample(World.EVENTS, "ALTER TABLE events ADD CHECK (id > 0)")
                        .also(World.INHERITED, "ALTER TABLE parent ADD CHECK (id > 0)"),
                add("add-not-enforced", "… NOT ENFORCED")
                        .when(
                                "",
                                situation -> !CreateRows.isEnforced(
                                        situation.subject().constraint()))
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "NOT ENFORCED needs PostgreSQL 18")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD CHECK (total >= 0) NOT ENFORCED",
                                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT ENFORCED"),
                add("add-not-null", "NOT NULL")
                        .when("", adds(Constraint.NotNull.class, constraint -> true))
                        .since(PgVersion.V18)
                        .tree(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID")
                        .also(World.NESTED, "ALTER TABLE e ADD CONSTRAINT nn NOT NULL id NOT VALID")
                        .also(World.PROOF, "ALTER TABLE t ADD CONSTRAINT nn NOT NULL a"),
                add("add-not-null-unproven", "NOT NULL")
                        .when(
                                "without NOT VALID, and no validated CHECK proves it",
                                adds(Constraint.NotNull.class, constraint -> !constraint.notValid()))
                        .since(PgVersion.V18)
                        .work(
                                Role.TREE,
                                Work.SCAN,
                                situation -> unproven(
                                        situation,
                                        List.of(((Constraint.NotNull)
                                                        situation.subject().constraint())
                                                .column())))
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(World.SHOP, "ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note")
                        .also(World.BROKEN, "ALTER TABLE c ADD CONSTRAINT nn NOT NULL n"),
                add("add-not-null-unknown", "NOT NULL")
                        .when("", adds(Constraint.NotNull.class, constraint -> true))
                        .until(PgVersion.V17)
                        .fails("42601", Failure.When.ALWAYS, "NOT NULL as a table constraint needs PostgreSQL 18")
                        .sample(World.SHOP, "ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID"));
    }

    private static boolean isChecked(Constraint.Check check) {
        return !check.notValid() && check.enforced();
    }

    private static List<QualifiedName> unproven(Situation<AddConstraint> situation, List<String> columns) {
        return situation.tree().stream()
                .filter(table -> columns.stream().anyMatch(column -> !situation.isProvenNotNull(table, column)))
                .toList();
    }

    private static List<LockRow<?>> keys() {
        return List.of(
                add("add-unique", "UNIQUE, PRIMARY KEY or EXCLUDE")
                        .when("without USING INDEX", ConstraintRows::buildsIndex)
                        .target(ACCESS_EXCLUSIVE, Work.INDEX_BUILD)
                        .fails("23505", Failure.When.IF_A_ROW_VIOLATES, "could not create unique index")
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD UNIQUE (note)",
                                "ALTER TABLE alone ADD PRIMARY KEY (a)",
                                "ALTER TABLE alone ADD UNIQUE (a)")
                        .also(World.BROKEN, "ALTER TABLE c ADD UNIQUE (id)")
                        .also(World.KEYS, "ALTER TABLE c ADD EXCLUDE USING btree (code WITH =)"),
                add("add-unique-to-partitions", "UNIQUE or PRIMARY KEY")
                        .when(
                                "to a partitioned table",
                                situation -> buildsIndex(situation) && situation.isPartitioned())
                        .until(PgVersion.V17)
                        .lock(Role.PARTITIONS, SHARE, Work.INDEX_BUILD, Situation::below)
                        .sample(World.EVENTS, "ALTER TABLE events ADD UNIQUE (at, kind)"),
                add("add-unique-to-partitions-18", "UNIQUE or PRIMARY KEY")
                        .when(
                                "to a partitioned table",
                                situation -> buildsIndex(situation) && situation.isPartitioned())
                        .since(PgVersion.V18)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.INDEX_BUILD, Situation::below)
                        .sample(World.EVENTS, "ALTER TABLE events ADD UNIQUE (at, kind)"),
                add("add-deferrable-to-partitions", "UNIQUE or PRIMARY KEY, DEFERRABLE")
                        .when(
                                "to a partitioned table",
                                situation -> buildsIndex(situation)
                                        && situation.isPartitioned()
                                        && isDeferrable(situation.subject().constraint()))
                        .until(PgVersion.V17)
                        .lock(Role.PARTITIONS, SHARE_ROW_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(World.EVENTS, "ALTER TABLE events ADD UNIQUE (at, kind) DEFERRABLE"),
                add("add-unique-to-parent-18", "UNIQUE or PRIMARY KEY")
                        .when(
                                "to a table with children by inheritance",
                                situation -> buildsIndex(situation) && !situation.isPartitioned())
                        .since(PgVersion.V18)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .sample(World.INHERITED, "ALTER TABLE parent ADD UNIQUE (a)"),
                add("add-primary-key-null", "PRIMARY KEY")
                        .when(
                                "over a column that may hold NULL",
                                situation -> constraint(situation, Constraint.PrimaryKey.class)
                                        .filter(key -> !unproven(situation, keyColumns(situation, key))
                                                .isEmpty())
                                        .isPresent())
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(World.BROKEN, "ALTER TABLE c ADD PRIMARY KEY (n)"),
                add("add-primary-key-to-parent", "PRIMARY KEY")
                        .when(
                                "over a column that is not NOT NULL, to a table with children",
                                ConstraintRows::setsNotNull)
                        .lock(Role.PARTITIONS, ACCESS_EXCLUSIVE, Work.NONE, Situation::below)
                        .work(Role.PARTITIONS, Work.SCAN, ConstraintRows::madeNotNull)
                        .sample(World.NESTED, "ALTER TABLE e ADD PRIMARY KEY (id, at, r)")
                        .also(World.MISFITS, "ALTER TABLE ancestor ADD PRIMARY KEY (id)"),
                add("add-nulls-not-distinct", "UNIQUE NULLS NOT DISTINCT")
                        .when("", adds(Constraint.Unique.class, Constraint.Unique::nullsNotDistinct))
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "NULLS NOT DISTINCT needs PostgreSQL 15")
                        .sample(World.SHOP, "ALTER TABLE orders ADD UNIQUE NULLS NOT DISTINCT (note)"),
                add("add-key-using-index", "UNIQUE or PRIMARY KEY USING INDEX")
                        .when("", situation -> usedIndex(situation).isPresent())
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.INDEXES,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> usedIndex(situation).stream().toList())
                        .sample(
                                World.PROOF,
                                "ALTER TABLE t ADD UNIQUE USING INDEX t_id",
                                "ALTER TABLE t ADD PRIMARY KEY USING INDEX t_a",
                                "ALTER TABLE t ADD PRIMARY KEY USING INDEX t_d"),
                add("add-key-using-index-renamed", "UNIQUE or PRIMARY KEY USING INDEX")
                        .when(
                                "the constraint has another name than the index",
                                situation -> usedIndex(situation)
                                        .filter(index -> situation
                                                .subject()
                                                .constraint()
                                                .name()
                                                .map(Identifier::name)
                                                .filter(name -> !name.equals(index.name()))
                                                .isPresent())
                                        .isPresent())
                        .lock(
                                Role.INDEXES,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> usedIndex(situation).stream().toList())
                        .sample(World.PROOF, "ALTER TABLE t ADD CONSTRAINT renamed UNIQUE USING INDEX t_id"),
                add("add-primary-key-using-index-null", "PRIMARY KEY USING INDEX")
                        .when(
                                "over a column that may hold NULL",
                                situation -> constraint(situation, Constraint.PrimaryKey.class)
                                        .filter(key -> key.usingIndex().isPresent()
                                                && !unproven(situation, keyColumns(situation, key))
                                                        .isEmpty())
                                        .isPresent())
                        .work(Role.TARGET, Work.SCAN, situation -> List.of(situation.target()))
                        .sample(World.PROOF, "ALTER TABLE t ADD PRIMARY KEY USING INDEX t_id"));
    }

    private static boolean isDeferrable(Constraint constraint) {
        Constraint.Deferral deferral = constraint instanceof Constraint.PrimaryKey key
                ? key.deferral()
                : constraint instanceof Constraint.Unique unique
                        ? unique.deferral()
                        : Constraint.Deferral.NOT_DEFERRABLE;
        return deferral != Constraint.Deferral.NOT_DEFERRABLE;
    }

    static boolean setsNotNull(Situation<AddConstraint> situation) {
        return newlyNotNull(situation).findAny().isPresent();
    }

    private static Stream<String> newlyNotNull(Situation<AddConstraint> situation) {
        return constraint(situation, Constraint.PrimaryKey.class).stream()
                .flatMap(key -> keyColumns(situation, key).stream())
                .filter(column -> !situation
                        .column(column)
                        .value()
                        .flatMap(Column::notNull)
                        .orElse(true));
    }

    private static List<QualifiedName> madeNotNull(Situation<AddConstraint> situation) {
        List<String> columns = newlyNotNull(situation).toList();
        return situation.below().stream()
                .filter(table -> columns.stream().anyMatch(column -> !situation.isProvenNotNull(table, column)))
                .toList();
    }

    private static boolean buildsIndex(Situation<AddConstraint> situation) {
        Constraint constraint = situation.subject().constraint();
        return constraint instanceof Constraint.Exclusion
                || constraint instanceof Constraint.Unique unique
                        && unique.usingIndex().isEmpty()
                || constraint instanceof Constraint.PrimaryKey key
                        && key.usingIndex().isEmpty();
    }

    static Optional<QualifiedName> usedIndex(Situation<AddConstraint> situation) {
        Optional<String> index = constraint(situation, Constraint.Unique.class)
                .flatMap(Constraint.Unique::usingIndex)
                .or(() ->
                        constraint(situation, Constraint.PrimaryKey.class).flatMap(Constraint.PrimaryKey::usingIndex));
        return index.map(name -> new QualifiedName(situation.target().schema(), name));
    }

    private static List<String> keyColumns(Situation<AddConstraint> situation, Constraint.PrimaryKey key) {
        if (!key.columns().isEmpty()) {
            return key.columns();
        }
        return usedIndex(situation)
                .flatMap(index -> situation.catalog().index(index).value())
                .map(index -> index.keys().stream()
                        .flatMap(part -> part.column().stream())
                        .toList())
                .orElse(List.of());
    }

    private static List<LockRow<?>> foreignKeys() {
        return List.of(
                add("add-foreign-key", "FOREIGN KEY")
                        .when("", adds(Constraint.ForeignKey.class, key -> true))
                        .target(SHARE_ROW_EXCLUSIVE, Work.NONE)
                        .lock(Role.PARTITIONS, SHARE_ROW_EXCLUSIVE, Work.NONE, Situation::partitions)
                        .lock(Role.REFERENCED, SHARE_ROW_EXCLUSIVE, Work.NONE, ConstraintRows::referenced)
                        .lock(
                                Role.REFERENCED_INDEX,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.relations().referencedIndexes((Constraint.ForeignKey)
                                        situation.subject().constraint()))
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers NOT VALID")
                        .also(
                                World.KEYS,
                                "ALTER TABLE c ADD FOREIGN KEY (code) REFERENCES p (code) NOT VALID",
                                "ALTER TABLE c ADD FOREIGN KEY (p) REFERENCES p NOT VALID")
                        .also(
                                World.MISFITS,
                                "ALTER TABLE heir ADD FOREIGN KEY (a) REFERENCES many",
                                "ALTER TABLE many ADD FOREIGN KEY (id) REFERENCES many (other)"),
                add("add-foreign-key-valid", "FOREIGN KEY")
                        .when("without NOT VALID", adds(Constraint.ForeignKey.class, ConstraintRows::isChecked))
                        .checksForeignKey(ConstraintRows::referenced)
                        .sample(
                                World.SHOP,
                                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers",
                                "ALTER TABLE orders ADD FOREIGN KEY (total) REFERENCES customers (id)",
                                "ALTER TABLE orders ADD FOREIGN KEY (id) REFERENCES orders")
                        .also(World.KEYS, "ALTER TABLE c ADD FOREIGN KEY (code) REFERENCES p (code)")
                        .also(World.EVENTS, "ALTER TABLE events ADD FOREIGN KEY (kind) REFERENCES kinds"),
                add("add-foreign-key-not-valid-partitioned", "FOREIGN KEY … NOT VALID")
                        .when(
                                "to a partitioned table",
                                situation -> situation.isPartitioned()
                                        && constraint(situation, Constraint.ForeignKey.class)
                                                .filter(Constraint.ForeignKey::notValid)
                                                .isPresent())
                        .until(PgVersion.V17)
                        .fails("42809", Failure.When.ALWAYS, "cannot add NOT VALID foreign key on partitioned table")
                        .sample(World.EVENTS, "ALTER TABLE events ADD FOREIGN KEY (kind) REFERENCES kinds NOT VALID"));
    }

    private static boolean isChecked(Constraint.ForeignKey key) {
        return !key.notValid() && key.enforced();
    }

    private static Collection<QualifiedName> referenced(Situation<AddConstraint> situation) {
        Constraint.ForeignKey key = (Constraint.ForeignKey) situation.subject().constraint();
        return situation.relations().partitionTree(situation.resolve(key.referenced()));
    }
}
