package dev.lockstep.catalog;

import dev.lockstep.catalog.TableConstraint.Kind;
import java.util.Optional;

/** The NOT NULL constraints of tables. */
final class NotNulls {

    private NotNulls() {}

    static Optional<TableConstraint> of(Table table, String column) {
        return table.constraints().stream()
                .filter(constraint -> constraint.kind() == Kind.NOT_NULL
                        && constraint.columns().contains(column))
                .findFirst();
    }

    /** Views have columns but no constraints. */
    static boolean mayHave(Table table) {
        return table.kind() != Table.Kind.VIEW && table.kind() != Table.Kind.MATERIALIZED_VIEW;
    }

    /** With the column's constraint as the table's own, or as one that only a table above has. */
    static Table withLocal(Table table, String column, boolean local) {
        return table.changingConstraints(
                constraint -> constraint.kind() == Kind.NOT_NULL
                        && constraint.columns().contains(column),
                constraint -> constraint.withLocal(local));
    }
}
