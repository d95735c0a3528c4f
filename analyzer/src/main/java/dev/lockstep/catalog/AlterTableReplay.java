package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.sql.Statement.Persistence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the actions of an ALTER TABLE make of the schema: of the table, and unless ONLY is said of the tables below it. */
final class AlterTableReplay {

    private static final Set<ObjectKind> RELATIONS =
            Set.of(ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.FOREIGN_TABLE);

    private final boolean only;
    private final Moment now;
    private final AlterConstraintReplay constraints;

    private AlterTableReplay(boolean only, Moment now) {
        this.only = only;
        this.now = now;
        this.constraints = new AlterConstraintReplay(only, now);
    }

    static Catalog apply(Catalog catalog, AlterTable alter, Moment now) {
        if (alter.kind() == ObjectKind.TYPE) {
            return TypeReplay.alter(catalog, alter, now);
        }
        QualifiedName name = catalog.resolve(alter.table());
        if (catalog.index(name).value().isPresent()) {
            return alterIndex(catalog, name, alter);
        }
        if (!isReplayed(catalog, alter, name)) {
            return catalog;
        }
        AlterTableReplay replay = new AlterTableReplay(alter.only(), now);
        Catalog after = catalog.changing(name, known -> known);
        for (AlterAction action : inPasses(alter.actions())) {
            after = replay.apply(after, name, action);
        }
        return after;
    }

    private static boolean isReplayed(Catalog catalog, AlterTable alter, QualifiedName table) {
        return RELATIONS.contains(alter.kind())
                && !catalog.table(table).isAbsent()
                && !(alter.ifExists() && catalog.table(table).isUnknown());
    }

    /** The actions in the order the server runs them. */
    static List<AlterStep> steps(Catalog catalog, AlterTable alter) {
        QualifiedName name = catalog.resolve(alter.table());
        if (!isReplayed(catalog, alter, name)) {
            return alter.actions().stream()
                    .map(action -> new AlterStep(action, catalog, catalog))
                    .toList();
        }
        AlterTableReplay replay = new AlterTableReplay(alter.only(), Moment.BEFORE_HISTORY);
        List<AlterStep> steps = new ArrayList<>();
        Catalog before = catalog;
        for (AlterAction action : inPasses(alter.actions())) {
            Catalog after = replay.apply(before, name, action);
            steps.add(new AlterStep(action, before, after));
            // Without a column of its key a partitioned table can't be; the server refuses to drop that one alone.
            before = after.table(name).isAbsent() ? before : after;
        }
        return List.copyOf(steps);
    }

    /** The server runs the actions of one statement by kind, not as written: what is dropped goes first, and defaults are set late. */
    private static List<AlterAction> inPasses(List<AlterAction> actions) {
        return actions.stream()
                .sorted(Comparator.comparingInt(AlterTableReplay::pass))
                .toList();
    }

    private static int pass(AlterAction action) {
        if (action instanceof AlterAction.DropColumn
                || action instanceof AlterAction.DropConstraint
                || action instanceof AlterAction.DropNotNull
                || action instanceof AlterAction.DropDefault
                || action instanceof AlterAction.DropExpression
                || action instanceof AlterAction.DropIdentity) {
            return 0;
        }
        if (action instanceof AlterAction.AlterColumnType) {
            return 1;
        }
        if (action instanceof AlterAction.AddColumn) {
            return 2;
        }
        if (action instanceof AlterAction.SetExpression) {
            return 3;
        }
        if (action instanceof AlterAction.SetNotNull) {
            return 5;
        }
        if (action instanceof AlterAction.AddConstraint add) {
            return switch (ColumnReplay.rank(add.constraint())) {
                case 0 -> 4;
                case 3 -> 7;
                default -> 6;
            };
        }
        boolean late = action instanceof AlterAction.SetDefault
                || action instanceof AlterAction.AddIdentity
                || action instanceof AlterAction.SetIdentity;
        return late ? 7 : 8;
    }

    private static Catalog alterIndex(Catalog catalog, QualifiedName index, AlterTable alter) {
        Catalog after = catalog;
        for (AlterAction action : alter.actions()) {
            if (action instanceof AlterAction.AttachPartition attach) {
                after = IndexReplay.attach(after, index, after.resolve(attach.partition()));
            }
        }
        return after;
    }

    private Catalog apply(Catalog catalog, QualifiedName table, AlterAction action) {
        if (action instanceof AlterAction.AddColumn add) {
            boolean there = catalog.table(table)
                    .flatMap(known -> known.column(add.column().name().name()))
                    .value()
                    .isPresent();
            return there ? catalog : new ColumnReplay(table, now).add(catalog, add.column(), only);
        }
        if (action instanceof AlterAction.DropColumn drop) {
            return dropColumn(catalog, table, drop.column());
        }
        if (action instanceof AlterAction.AddConstraint add) {
            return new ConstraintReplay(table, false, only, now).add(catalog, add.constraint());
        }
        if (action instanceof AlterAction.DropConstraint drop) {
            return constraints.drop(catalog, table, drop.name());
        }
        if (action instanceof AlterAction.ValidateConstraint validate) {
            return constraints.validate(catalog, table, validate.name());
        }
        if (action instanceof AlterAction.AlterConstraint alter) {
            return constraints.alter(catalog, table, alter);
        }
        if (action instanceof AlterAction.AttachPartition attach) {
            return PartitionReplay.attach(catalog, table, attach, now);
        }
        if (action instanceof AlterAction.DetachPartition detach) {
            return detach.mode() == AlterAction.DetachPartition.Mode.FINALIZE
                            && catalog.table(catalog.resolve(detach.partition())).value().stream()
                                    .noneMatch(known -> known.parents().contains(table))
                    ? catalog
                    : PartitionReplay.detach(catalog, table, detach, now);
        }
        if (action instanceof AlterAction.Inherit inherit) {
            return PartitionReplay.comeUnder(
                    catalog.changing(catalog.resolve(inherit.parent()), known -> known),
                    catalog.resolve(inherit.parent()),
                    table,
                    true);
        }
        if (action instanceof AlterAction.NoInherit inherit) {
            return PartitionReplay.leave(catalog, catalog.resolve(inherit.parent()), table);
        }
        return changeColumn(catalog, table, action);
    }

    private Catalog changeColumn(Catalog catalog, QualifiedName table, AlterAction action) {
        if (action instanceof AlterAction.AlterColumnType type) {
            return withType(catalog, table, type);
        }
        if (action instanceof AlterAction.SetDefault set) {
            return everywhere(
                    catalog,
                    table,
                    set.column(),
                    column -> column.withDefault(ColumnReplay.defaultValue(catalog, set.expression(), column.type())));
        }
        if (action instanceof AlterAction.DropDefault drop) {
            return everywhere(catalog, table, drop.column(), column -> column.withDefault(Optional.empty()));
        }
        if (action instanceof AlterAction.SetNotNull set) {
            // Left out of the tables below, it must not be inherited by them later either.
            boolean noInherit = only && !catalog.childrenOf(table).isEmpty();
            return new ConstraintReplay(table, false, only, now)
                    .addOwnNotNull(catalog, set.column(), Optional.empty(), true, noInherit);
        }
        if (action instanceof AlterAction.DropNotNull drop) {
            return constraints.dropNotNull(catalog, table, drop.column());
        }
        if (action instanceof AlterAction.SetExpression set) {
            Expression expression = catalog.resolve(ConstraintReplay.unqualified(set.expression()));
            return everywhere(
                    catalog,
                    table,
                    set.column(),
                    column -> column.withGeneration(Optional.of(expression), column.generation()));
        }
        if (action instanceof AlterAction.DropExpression drop) {
            return everywhere(
                    catalog,
                    table,
                    drop.column(),
                    column -> column.withGeneration(Optional.empty(), Column.Generation.NONE));
        }
        return changeIdentity(catalog, table, action);
    }

    private Catalog changeIdentity(Catalog catalog, QualifiedName table, AlterAction action) {
        if (action instanceof AlterAction.AddIdentity add) {
            Sequence sequence = new ColumnReplay(table, now).sequence(catalog, add.column(), add.identity());
            return everywhere(
                    catalog.with(sequence),
                    table,
                    add.column(),
                    column -> column.withIdentity(identity(add.identity().always())));
        }
        if (action instanceof AlterAction.SetIdentity set && set.always().isPresent()) {
            Column.Identity identity = identity(set.always().get());
            return everywhere(
                    catalog, table, set.column(), column -> column.identity() ? column.withIdentity(identity) : column);
        }
        if (action instanceof AlterAction.DropIdentity drop) {
            return dropIdentity(catalog, table, drop.column());
        }
        return changeTable(catalog, table, action);
    }

    /** Before 17 partitions may have identities of their own, which stay when their table has none. */
    private Catalog dropIdentity(Catalog catalog, QualifiedName table, String column) {
        boolean identity = catalog.table(table)
                .flatMap(known -> known.column(column))
                .value()
                .filter(Column::identity)
                .isPresent();
        if (!identity) {
            return catalog;
        }
        Catalog after = everywhere(catalog, table, column, known -> known.withIdentity(Column.Identity.NONE));
        for (Sequence sequence : catalog.sequencesOf(table)) {
            if (sequence.identity()
                    && sequence.owner()
                            .filter(owner -> owner.column().equals(column))
                            .isPresent()) {
                after = Removal.sequence(after, sequence.name());
            }
        }
        return after;
    }

    private static Column.Identity identity(boolean always) {
        return always ? Column.Identity.ALWAYS : Column.Identity.BY_DEFAULT;
    }

    private Catalog changeTable(Catalog catalog, QualifiedName table, AlterAction action) {
        if (action instanceof AlterAction.Switch change && !change.rule()) {
            return switchTriggers(catalog, table, change, false);
        }
        if (action instanceof AlterAction.Plain plain) {
            return switch (plain.kind()) {
                case SET_LOGGED -> catalog.changing(table, known -> known.withPersistence(Persistence.PERMANENT));
                case SET_UNLOGGED -> catalog.changing(table, known -> known.withPersistence(Persistence.UNLOGGED));
                case ENABLE_ROW_LEVEL_SECURITY ->
                    catalog.changing(
                            table, known -> known.withAttached(known.attached().withRowSecurity(true)));
                case DISABLE_ROW_LEVEL_SECURITY ->
                    catalog.changing(
                            table, known -> known.withAttached(known.attached().withRowSecurity(false)));
                default -> catalog;
            };
        }
        return catalog;
    }

    /** The copies of a partitioned table's triggers are switched with it. */
    private Catalog switchTriggers(Catalog catalog, QualifiedName table, AlterAction.Switch change, boolean copies) {
        boolean enabled = change.mode() != AlterAction.Switch.Mode.DISABLE;
        Catalog after = catalog.changing(
                table,
                known -> known.withAttached(known.attached()
                        .withTriggers(Lists.changing(
                                known.attached().triggers(),
                                trigger -> change.name()
                                                .map(trigger.name()::equals)
                                                .orElse(true)
                                        && (!copies || trigger.inherited()),
                                trigger -> trigger.withEnabled(enabled)))));
        for (Table child : catalog.childrenOf(table)) {
            after = only || !child.isPartition() ? after : switchTriggers(after, child.name(), change, true);
        }
        return after;
    }

    /** Changes a column here and, unless ONLY is said, wherever a table below has it. */
    private Catalog everywhere(Catalog catalog, QualifiedName table, String column, UnaryOperator<Column> change) {
        Catalog after = catalog.changing(table, known -> known.changing(column, change));
        if (only) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            after = child.column(column).isAbsent() ? after : everywhere(after, child.name(), column, change);
        }
        return after;
    }

    /** Indexes on the column are built anew. */
    private Catalog withType(Catalog catalog, QualifiedName table, AlterAction.AlterColumnType type) {
        Catalog after = everywhere(
                catalog,
                table,
                type.column(),
                column -> column.withType(
                        Optional.of(catalog.resolve(type.type())), TypeNames.collation(type.collation())));
        for (Index index : catalog.indexesOf(table)) {
            if (index.parent().isEmpty() && index.uses(type.column())) {
                after = new IndexReplay(false, now).rebuild(after, index);
            }
        }
        return after;
    }

    private Catalog dropColumn(Catalog catalog, QualifiedName table, String column) {
        Catalog after = Removal.column(catalog, table, column);
        for (Table child : catalog.childrenOf(table)) {
            after = dropInherited(after, child.name(), column);
        }
        return after;
    }

    /** A column below goes too, unless it is the table's own or comes from another table above. */
    private Catalog dropInherited(Catalog catalog, QualifiedName table, String column) {
        Optional<Table> known = catalog.table(table).value();
        if (known.flatMap(found -> found.column(column).value()).isEmpty()) {
            return catalog;
        }
        boolean local = known.get().column(column).value().filter(Column::local).isPresent();
        boolean elsewhere = known.get().parents().stream()
                .anyMatch(parent -> catalog.table(parent)
                        .flatMap(above -> above.column(column))
                        .value()
                        .isPresent());
        if (elsewhere) {
            return catalog;
        }
        return only || local
                ? catalog.changing(table, found -> found.changing(column, kept -> kept.withLocal(true)))
                : dropColumn(catalog, table, column);
    }
}
