package dev.lockstep.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an undo script leaves different from the schema before the migration that it undoes. Only what is known on all sides counts.
 */
public final class SchemaDifference {

    private final Catalog before;
    private final Catalog after;
    private final Catalog undone;
    private final List<String> differences = new ArrayList<>();

    private SchemaDifference(Catalog before, Catalog after, Catalog undone) {
        this.before = before;
        this.after = after;
        this.undone = undone;
    }

    /**
     * Each difference in a few words, such as {@code the column public.orders.note stays}.
     *
     * @param before the migration
     * @param after the migration
     * @param undone after the undo script
     */
    public static List<String> of(Catalog before, Catalog after, Catalog undone) {
        SchemaDifference difference = new SchemaDifference(before, after, undone);
        difference.objects();
        before.tables().stream()
                .sorted(Comparator.comparing(table -> table.name().toString()))
                .forEach(difference::table);
        return List.copyOf(difference.differences);
    }

    private void objects() {
        Stream.of(Table.class, Index.class, Sequence.class, UserType.class, Routine.class, Schema.class)
                .forEach(this::objects);
    }

    private <T extends CatalogObject> void objects(Class<T> type) {
        Set<CatalogObject.Id> known = ids(before, type);
        Set<CatalogObject.Id> made = ids(after, type);
        made.removeAll(known);
        made.retainAll(ids(undone, type));
        made.stream()
                .filter(id -> wasMade(id) && isOwn(undone, id))
                .sorted(Comparator.comparing(id -> id.name().toString()))
                .forEach(id -> differences.add("the " + word(undone, id) + " " + id.name() + " stays"));
        known.removeAll(ids(undone, type));
        known.stream()
                .filter(id -> isOwn(before, id))
                .sorted(Comparator.comparing(id -> id.name().toString()))
                .forEach(id -> differences.add("the " + word(before, id) + " " + id.name() + " is not back"));
    }

    private static <T extends CatalogObject> Set<CatalogObject.Id> ids(Catalog catalog, Class<T> type) {
        Set<CatalogObject.Id> ids = new HashSet<>();
        catalog.all(type).forEach(object -> ids.add(object.id()));
        return ids;
    }

    /** Whether the migration made it, rather than telling of something that was there. */
    private boolean wasMade(CatalogObject.Id id) {
        Optional<CatalogObject> object = after.object(id);
        return object.filter(Table.class::isInstance)
                .map(Table.class::cast)
                .map(table -> !table.created().equals(Moment.BEFORE_HISTORY))
                .orElse(object.isPresent());
    }

    /** Whether it is named by itself: indexes of constraints and sequences of columns come and go with these. */
    private static boolean isOwn(Catalog catalog, CatalogObject.Id id) {
        Optional<CatalogObject> object = catalog.object(id);
        if (object.orElse(null) instanceof Index index) {
            return catalog.table(index.table())
                    .value()
                    .map(table -> table.constraints().stream()
                            .noneMatch(constraint -> constraint.index().equals(Optional.of(index.name()))))
                    .orElse(true);
        }
        return !(object.orElse(null) instanceof Sequence sequence)
                || sequence.owner().isEmpty();
    }

    private static String word(Catalog catalog, CatalogObject.Id id) {
        CatalogObject object = catalog.object(id).orElseThrow();
        if (object instanceof Table table) {
            return switch (table.kind()) {
                case VIEW -> "view";
                case MATERIALIZED_VIEW -> "materialized view";
                default -> "table";
            };
        }
        if (object instanceof Routine routine) {
            return routine.procedure() ? "procedure" : "function";
        }
        if (object instanceof Index) {
            return "index";
        }
        return object instanceof Sequence ? "sequence" : object instanceof Schema ? "schema" : "type";
    }

    private void table(Table was) {
        Optional<Table> changed = after.table(was.name()).value();
        Optional<Table> now = undone.table(was.name()).value();
        if (now.isEmpty() || was.kind() == Table.Kind.VIEW || was.kind() == Table.Kind.MATERIALIZED_VIEW) {
            return;
        }
        columns(was, changed, now.get());
        constraints(was, changed, now.get());
    }

    private void columns(Table was, Optional<Table> changed, Table now) {
        for (Column column : was.columns()) {
            String name = "the column " + was.name() + "." + column.name();
            Lookup<Column> found = now.column(column.name());
            if (found.isAbsent()) {
                differences.add(name + " is not back");
            }
            found.value().ifPresent(restored -> compare(name, column, restored));
        }
        for (Column column : now.columns()) {
            boolean stays = was.column(column.name()).value().isEmpty()
                    && !column.added().equals(Moment.BEFORE_HISTORY)
                    && changed.flatMap(table -> table.column(column.name()).value())
                            .filter(made -> made.added().equals(column.added()))
                            .isPresent();
            if (stays) {
                differences.add("the column " + was.name() + "." + column.name() + " stays");
            }
        }
    }

    private void compare(String name, Column was, Column now) {
        if (differ(was.type().map(TypeNames::format), now.type().map(TypeNames::format))) {
            differences.add(
                    name + " has the type " + TypeNames.format(now.type().orElseThrow()));
        }
        if (differ(was.notNull(), now.notNull())) {
            differences.add(name + (now.notNull().orElse(false) ? " is NOT NULL" : " is no longer NOT NULL"));
        }
        boolean known = was.type().isPresent() && now.type().isPresent();
        if (known && was.defaultValue().isPresent() != now.defaultValue().isPresent()) {
            differences.add(name + (now.defaultValue().isPresent() ? " has a default" : " has no default"));
        }
    }

    private static <T> boolean differ(Optional<T> was, Optional<T> now) {
        return was.isPresent() && now.isPresent() && !was.equals(now);
    }

    private void constraints(Table was, Optional<Table> changed, Table now) {
        for (TableConstraint constraint : was.constraints()) {
            if (constraint.kind() != TableConstraint.Kind.NOT_NULL
                    && now.constraint(constraint.name()).isAbsent()) {
                differences.add("the constraint " + constraint.name() + " of " + was.name() + " is not back");
            }
        }
        for (TableConstraint constraint : now.constraints()) {
            boolean stays = constraint.kind() != TableConstraint.Kind.NOT_NULL
                    && was.constraint(constraint.name()).value().isEmpty()
                    && changed.flatMap(
                                    table -> table.constraint(constraint.name()).value())
                            .filter(made -> made.added().equals(constraint.added()))
                            .isPresent();
            if (stays) {
                differences.add("the constraint " + constraint.name() + " of " + was.name() + " stays");
            }
        }
    }
}
