package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.ValueLoss;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A foreign key whose column can't hold every key it refers to. */
final class ForeignKeyTypeMismatch implements StatementRule {

    private static final Cause NARROWER = new Cause(
            "narrower",
            Severity.WARNING,
            Hazard.LEFT_UNDONE,
            "{0}.{1} is {2}, but refers to {3}.{4}, which is {5}: once keys outgrow {2}, rows that refer to them can't be stored.",
            "Give {1} the type {5} now: changing it later rewrites the table.");

    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-type-mismatch",
            "A foreign key's column has a narrower type than the key it refers to",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(NARROWER));

    private record ColumnType(String column, TypeName type) {}

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.CreateTable create) {
            check(
                    context,
                    create.table(),
                    Stream.concat(
                            create.constraints().stream(),
                            create.columns().stream().flatMap(column -> column.constraints().stream())),
                    report);
        } else if (context.statement() instanceof Statement.AlterTable alter) {
            check(context, alter.table(), alter.actions().stream().flatMap(ForeignKeyTypeMismatch::added), report);
        }
    }

    private static Stream<Constraint> added(AlterAction action) {
        if (action instanceof AlterAction.AddConstraint add) {
            return Stream.of(add.constraint());
        }
        return action instanceof AlterAction.AddColumn add ? add.column().constraints().stream() : Stream.empty();
    }

    private static void check(
            StatementContext context, ObjectName table, Stream<Constraint> constraints, Reporter report) {
        QualifiedName child = context.after().resolve(table);
        constraints
                .filter(Constraint.ForeignKey.class::isInstance)
                .map(Constraint.ForeignKey.class::cast)
                .forEach(key -> check(context.after(), child, key, report));
    }

    private static void check(Catalog catalog, QualifiedName child, Constraint.ForeignKey key, Reporter report) {
        QualifiedName parent = catalog.resolve(key.referenced());
        List<String> referenced = key.referencedColumns().isEmpty()
                ? catalog.table(parent)
                        .value()
                        .flatMap(Table::primaryKey)
                        .map(TableConstraint::columns)
                        .orElse(List.of())
                : key.referencedColumns();
        if (referenced.size() != key.columns().size()) {
            return;
        }
        for (int i = 0; i < referenced.size(); i++) {
            Optional<ColumnType> from = type(catalog, child, key.columns().get(i));
            Optional<ColumnType> to = type(catalog, parent, referenced.get(i));
            if (from.isPresent()
                    && to.isPresent()
                    && isNarrower(from.get().type(), to.get().type())) {
                report.report(Hit.at(
                        key.span(),
                        NARROWER,
                        child.toString(),
                        from.get().column(),
                        words(from.get().type()),
                        parent.toString(),
                        to.get().column(),
                        words(to.get().type())));
            }
        }
    }

    private static Optional<ColumnType> type(Catalog catalog, QualifiedName table, String column) {
        return catalog.table(table)
                .flatMap(known -> known.column(column))
                .value()
                .flatMap(Column::type)
                .map(type -> new ColumnType(column, type));
    }

    private static boolean isNarrower(TypeName child, TypeName parent) {
        return ValueLoss.of(parent, child, Optional.empty()) != ValueLoss.NONE;
    }

    private static String words(TypeName type) {
        return switch (type.name()) {
            case "int2" -> "smallint";
            case "int4" -> "integer";
            case "int8" -> "bigint";
            default ->
                type.name()
                        + (type.modifiers().isEmpty()
                                ? ""
                                : type.modifiers().toString().replace('[', '(').replace(']', ')'));
        };
    }
}
