package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import dev.lockstep.sql.AlterAction;
import java.util.List;
import java.util.Optional;

/** Constraints dropped, validated and altered, in one table and in those below it. */
final class AlterConstraintReplay {

    private final boolean only;
    private final Moment now;

    /** @param only whether the tables below are left alone */
    AlterConstraintReplay(boolean only, Moment now) {
        this.only = only;
        this.now = now;
    }

    Catalog dropNotNull(Catalog catalog, QualifiedName table, String column) {
        Catalog after = catalog.changing(
                table,
                known -> known.changing(column, found -> found.withNotNull(false))
                        .withoutConstraints(constraint -> constraint.kind() == Kind.NOT_NULL
                                && constraint.columns().contains(column)));
        for (Table child : catalog.childrenOf(table)) {
            if (only) {
                after = after.changing(child.name(), known -> NotNulls.withLocal(known, column, true));
            } else if (!child.column(column).isAbsent()) {
                after = dropNotNull(after, child.name(), column);
            }
        }
        return after;
    }

    Catalog drop(Catalog catalog, QualifiedName table, String name) {
        Optional<TableConstraint> known =
                catalog.table(table).flatMap(found -> found.constraint(name)).value();
        if (known.isEmpty()) {
            QualifiedName index = new QualifiedName(table.schema(), name);
            return catalog.index(index).value().isPresent() ? Removal.index(catalog, index) : catalog;
        }
        if (known.get().kind() == Kind.NOT_NULL) {
            return dropNotNull(catalog, table, known.get().columns().get(0));
        }
        Catalog after = Removal.constraint(catalog, table, known.get());
        if (known.get().kind() == Kind.FOREIGN_KEY) {
            return dropCopies(after, table, known.get());
        }
        return PartitionReplay.isInherited(known.get()) ? dropBelow(after, table, name) : after;
    }

    /** The copies of a partitioned table's foreign key go with it, whatever their names. */
    private Catalog dropCopies(Catalog catalog, QualifiedName table, TableConstraint key) {
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(table)) {
            Optional<TableConstraint> copy = child.constraints().stream()
                    .filter(constraint -> child.isPartition()
                            && !constraint.local()
                            && constraint.kind() == Kind.FOREIGN_KEY
                            && constraint.columns().equals(key.columns())
                            && constraint.reference().equals(key.reference()))
                    .findFirst();
            if (copy.isPresent()) {
                after = dropCopies(Removal.constraint(after, child.name(), copy.get()), child.name(), key);
            }
        }
        return after;
    }

    private Catalog dropBelow(Catalog catalog, QualifiedName table, String name) {
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(table)) {
            Optional<TableConstraint> copy = child.constraint(name).value();
            boolean elsewhere = child.parents().stream()
                    .anyMatch(parent -> catalog.table(parent)
                            .flatMap(above -> above.constraint(name))
                            .value()
                            .isPresent());
            if (copy.isEmpty() || elsewhere) {
                continue;
            }
            after = only || copy.get().local()
                    ? after.changing(
                            child.name(),
                            known -> known.changingConstraint(name, constraint -> constraint.withLocal(true)))
                    : drop(after, child.name(), name);
        }
        return after;
    }

    /** Validated, a NOT NULL says so of its column. */
    Catalog validate(Catalog catalog, QualifiedName table, String name) {
        Optional<TableConstraint> known =
                catalog.table(table).flatMap(found -> found.constraint(name)).value();
        Catalog after = catalog.changing(
                table,
                found -> found.changingConstraint(
                        name,
                        constraint -> constraint.isValid() || !constraint.enforced()
                                ? constraint
                                : constraint.validatedAt(now)));
        if (known.filter(found -> found.kind() == Kind.NOT_NULL).isPresent()) {
            for (String column : known.get().columns()) {
                after = after.changing(table, found -> found.changing(column, kept -> kept.withNotNull(true)));
            }
        }
        return only || known.isEmpty() ? after : validateBelow(after, table, known.get());
    }

    private Catalog validateBelow(Catalog catalog, QualifiedName table, TableConstraint validated) {
        Catalog after = catalog;
        for (Table child : catalog.childrenOf(table)) {
            List<String> copies = child.constraints().stream()
                    .filter(constraint -> constraint.kind() == validated.kind()
                            && (validated.kind() == Kind.CHECK
                                    ? constraint.name().equals(validated.name())
                                    : constraint.columns().equals(validated.columns())
                                            && constraint.reference().equals(validated.reference())))
                    .map(TableConstraint::name)
                    .toList();
            for (String copy : copies) {
                after = validate(after, child.name(), copy);
            }
        }
        return after;
    }

    Catalog alter(Catalog catalog, QualifiedName table, AlterAction.AlterConstraint alter) {
        Optional<TableConstraint> known = catalog.table(table)
                .flatMap(found -> found.constraint(alter.name()))
                .value();
        Catalog after = catalog.changing(
                table, found -> found.changingConstraint(alter.name(), constraint -> altered(constraint, alter)));
        if (known.isEmpty() || known.get().kind() != Kind.FOREIGN_KEY) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            for (TableConstraint constraint : child.constraints()) {
                if (child.isPartition()
                        && constraint.kind() == Kind.FOREIGN_KEY
                        && !constraint.local()
                        && constraint.columns().equals(known.get().columns())
                        && constraint.reference().equals(known.get().reference())) {
                    after = alter(
                            after,
                            child.name(),
                            new AlterAction.AlterConstraint(
                                    constraint.name(),
                                    alter.deferral(),
                                    alter.enforced(),
                                    alter.noInherit(),
                                    alter.span()));
                }
            }
        }
        return after;
    }

    /** Enforced anew, a constraint's rows are checked. */
    private TableConstraint altered(TableConstraint constraint, AlterAction.AlterConstraint alter) {
        boolean enforced = alter.enforced().orElse(constraint.enforced());
        TableConstraint changed = constraint.withRules(
                alter.deferral().orElse(constraint.deferral()),
                enforced,
                alter.noInherit().orElse(constraint.noInherit()));
        if (alter.enforced().isEmpty()) {
            return changed;
        }
        return changed.withValidated(enforced ? changed.validated().or(() -> Optional.of(now)) : Optional.empty());
    }
}
