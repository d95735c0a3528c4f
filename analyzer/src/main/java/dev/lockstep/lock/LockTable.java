package dev.lockstep.lock;

import java.util.ArrayList;
import java.util.List;

/** The facts, row by row and theme by theme. What has no row here is unknown to the model. */
final class LockTable {

    /** A chapter of the table. */
    record Theme(String title, List<LockRow<?>> rows) {}

    private LockTable() {}

    static List<Theme> themes() {
        return List.of(
                new Theme("Adding columns", AddColumnRows.rows()),
                new Theme("Changing and dropping columns", ColumnRows.rows()),
                new Theme("Changing a column's type", TypeChangeRows.rows()),
                new Theme("Constraints", all(ConstraintRows.rows(), ConstraintChangeRows.rows())),
                new Theme("Tables as a whole", TableRows.rows()),
                new Theme("Indexes", IndexRows.rows()),
                new Theme("Partitions", PartitionRows.rows()),
                new Theme("Creating relations", CreateRows.rows()),
                new Theme("Dropping", DropRows.rows()),
                new Theme(
                        "Failures that the schema foretells",
                        all(
                                NameRows.rows(),
                                ShapeRows.rows(),
                                FamilyRows.rows(),
                                MistakeRows.rows(),
                                BoundRows.rows())),
                new Theme("Types and domains", TypeRows.rows()),
                new Theme("Triggers, rules, policies, statistics, publications", AttachedRows.rows()),
                new Theme("Names, privileges and other objects", ObjectRows.rows()),
                new Theme("Upkeep, locks and the session", WorkRows.rows()),
                new Theme("Reading", QueryRows.rows()),
                new Theme("Changing rows", ChangeRows.rows()));
    }

    @SafeVarargs
    static List<LockRow<?>> all(List<LockRow<?>>... parts) {
        List<LockRow<?>> all = new ArrayList<>();
        for (List<LockRow<?>> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    static List<LockRow<?>> rows() {
        return themes().stream().flatMap(theme -> theme.rows().stream()).toList();
    }
}
