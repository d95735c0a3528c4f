package dev.lockstep.rules.support;

import dev.lockstep.catalog.Attached;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Routine;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.catalog.UserType;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.ObjectKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a statement takes from the deployed schema besides what it names, in words. */
public final class Losses {

    private final StatementContext context;
    private final Catalog before;
    private final Catalog after;
    private final Predicate<QualifiedName> isNamed;
    private final List<String> lost = new ArrayList<>();

    private Losses(StatementContext context, Predicate<QualifiedName> isNamed) {
        this.context = context;
        this.before = context.before();
        this.after = context.after();
        this.isNamed = isNamed;
    }

    /** {@code isNamed} says of a table, type or function whether the statement itself speaks of it, or of what contains it. */
    public static List<String> of(StatementContext context, Predicate<QualifiedName> isNamed) {
        Losses losses = new Losses(context, isNamed);
        losses.collect();
        return losses.lost;
    }

    private void collect() {
        before.tables().stream()
                .filter(table -> context.isDeployed(table.name()))
                .sorted(Comparator.comparing(table -> table.name().toString()))
                .forEach(this::compare);
        before.all(UserType.class).stream()
                .filter(type -> !isNamed.test(type.name())
                        && after.type(type.name()).value().isEmpty())
                .map(type -> (type instanceof UserType.Domain ? ObjectKind.DOMAIN : ObjectKind.TYPE).words() + " "
                        + type.name())
                .sorted()
                .forEach(lost::add);
        List<QualifiedName> left =
                after.all(Routine.class).stream().map(Routine::name).toList();
        before.all(Routine.class).stream()
                .filter(routine -> !isNamed.test(routine.plainName()) && !left.contains(routine.name()))
                .map(routine -> "function " + routine.name())
                .sorted()
                .forEach(lost::add);
    }

    private void compare(Table table) {
        if (isNamed.test(table.name()) || isPartOfNamed(table)) {
            return;
        }
        after.table(table.name())
                .value()
                .ifPresentOrElse(
                        rest -> compare(table, rest), () -> lost.add(words(table.kind()) + " " + table.name()));
    }

    /** A partition goes with its table whether or not CASCADE is said. */
    private boolean isPartOfNamed(Table table) {
        return table.isPartition()
                && table.parents().stream()
                        .anyMatch(parent -> isNamed.test(parent)
                                || before.table(parent)
                                        .value()
                                        .filter(this::isPartOfNamed)
                                        .isPresent());
    }

    private void compare(Table table, Table rest) {
        for (Column column : table.columns()) {
            String name = table.name() + "." + column.name();
            rest.column(column.name())
                    .value()
                    .ifPresentOrElse(
                            kept -> {
                                if (column.defaultValue().isPresent()
                                        && kept.defaultValue().isEmpty()) {
                                    lost.add("the default of " + name);
                                }
                            },
                            () -> lost.add("column " + name));
        }
        for (TableConstraint constraint : table.constraints()) {
            boolean ofLostColumn = constraint.columns().stream()
                    .anyMatch(column -> rest.column(column).value().isEmpty());
            if (!ofLostColumn && rest.constraint(constraint.name()).value().isEmpty()) {
                lost.add(constraint.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + constraint.name()
                        + " of " + table.name());
            }
        }
        for (Attached.Trigger trigger : table.attached().triggers()) {
            if (rest.attached().triggers().stream()
                    .noneMatch(kept -> kept.name().equals(trigger.name()))) {
                lost.add("trigger " + trigger.name() + " of " + table.name());
            }
        }
    }

    private static String words(Table.Kind kind) {
        return switch (kind) {
            case VIEW -> "view";
            case MATERIALIZED_VIEW -> "materialized view";
            default -> "table";
        };
    }
}
