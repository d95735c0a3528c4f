package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Statement.CreateIndex;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.IndexKey;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** IF NOT EXISTS on something that exists otherwise than it is written. */
final class IfNotExistsDiffers implements StatementRule {

    private static final String ADVICE =
            "Say what is to be changed: ALTER what exists, or create it under another name.";

    private static final Cause TABLE = new Cause(
            "table",
            Severity.WARNING,
            Hazard.NONE,
            "{0} exists already, and otherwise than written here: IF NOT EXISTS leaves it without {1}.",
            ADVICE);

    private static final Cause COLUMN = new Cause(
            "column",
            Severity.WARNING,
            Hazard.NONE,
            "{0} exists already, with another type than {1}: IF NOT EXISTS leaves it as it is.",
            ADVICE);

    private static final Cause INDEX = new Cause(
            "index",
            Severity.WARNING,
            Hazard.NONE,
            "Index {0} exists already, otherwise than written here: IF NOT EXISTS leaves it as it is.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "if-not-exists-differs",
            "IF NOT EXISTS passes over something that exists otherwise than it is written",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("pg-migration-lint:PGM403"),
            List.of(TABLE, COLUMN, INDEX));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof CreateTable create && create.ifNotExists()) {
            context.before()
                    .table(create.table())
                    .value()
                    .filter(Table::complete)
                    .ifPresent(table -> checkTable(create, table, report));
        } else if (context.statement() instanceof CreateIndex create && create.ifNotExists()) {
            checkIndex(context, create, report);
        }
        AlterTables.forEach(context, AlterAction.AddColumn.class, (table, action) -> {
            Optional<Column> known = context.before()
                    .table(table)
                    .flatMap(found -> found.column(action.column().name().name()))
                    .value();
            if (action.ifNotExists()
                    && known.filter(column -> isOfOtherType(column, action.column()))
                            .isPresent()) {
                report.report(Hit.at(
                        action.span(),
                        COLUMN,
                        table + "." + action.column().name(),
                        action.column().type().map(TypeName::name).orElse("")));
            }
        });
    }

    private static void checkTable(CreateTable create, Table table, Reporter report) {
        String differing = create.columns().stream()
                .filter(column -> differs(table, column))
                .map(column -> "column " + column.name()
                        + column.type().map(type -> " " + type.name()).orElse(""))
                .collect(Collectors.joining(", "));
        if (!differing.isEmpty()) {
            report.report(Hit.at(create.head(), TABLE, table.name().toString(), differing));
        }
    }

    private static boolean differs(Table table, ColumnDefinition column) {
        return table.column(column.name().name())
                .value()
                .map(known -> isOfOtherType(known, column))
                .orElse(true);
    }

    private static boolean isOfOtherType(Column known, ColumnDefinition written) {
        return known.type().isPresent()
                && written.type()
                        .filter(type -> !isSame(known.type().get(), type))
                        .isPresent();
    }

    /** User types are told apart by their last name: the search path may have found either. */
    private static boolean isSame(TypeName known, TypeName written) {
        boolean sameName = written.isSerial()
                ? known.name().equals(integerOf(written.name()))
                : known.name().equals(written.name());
        return sameName
                && known.modifiers().equals(written.modifiers())
                && known.arrayDimensions() == written.arrayDimensions();
    }

    private static String integerOf(String serial) {
        return switch (serial) {
            case "bigserial", "serial8" -> "int8";
            case "smallserial", "serial2" -> "int2";
            default -> "int4";
        };
    }

    private static void checkIndex(StatementContext context, CreateIndex create, Reporter report) {
        QualifiedName table = context.before().resolve(create.table());
        create.index()
                .map(name -> new QualifiedName(table.schema(), name.name()))
                .flatMap(name -> context.before().index(name).value())
                .filter(index -> !isSame(index, table, create))
                .ifPresent(index ->
                        report.report(Hit.at(create.head(), INDEX, index.name().toString())));
    }

    private static boolean isSame(Index index, QualifiedName table, CreateIndex create) {
        return index.table().equals(table)
                && index.unique() == create.unique()
                && index.predicate().isPresent() == create.predicate().isPresent()
                && labels(index.keys()).equals(labels(create.keys()));
    }

    private static List<String> labels(List<IndexKey> keys) {
        return keys.stream()
                .map(key -> key.column().orElse("(" + key.label() + ")"))
                .toList();
    }
}
