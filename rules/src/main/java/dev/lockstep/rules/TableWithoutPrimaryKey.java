package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement;
import java.util.List;

/** A table whose rows have no name. */
final class TableWithoutPrimaryKey implements StatementRule {

    private static final Cause NO_KEY = new Cause(
            "no-key",
            Severity.WARNING,
            Hazard.NONE,
            "{0} has no primary key: logical replication refuses its UPDATE and DELETE, and batches have no"
                    + " key to go by.",
            "Give it one, bigint GENERATED ALWAYS AS IDENTITY if nothing else identifies a row.");

    private static final Cause UNIQUE_INSTEAD = new Cause(
            "unique-instead",
            Severity.NOTE,
            Hazard.NONE,
            "{0} has a UNIQUE constraint over columns that are NOT NULL, but no primary key: tools and"
                    + " logical replication look for the latter.",
            "Make that constraint the PRIMARY KEY.");

    private static final RuleInfo INFO = new RuleInfo(
            "table-without-primary-key",
            "A table is created without a primary key",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "postgres-language-server:requirePrimaryKey",
                    "migrationpilot:MP045",
                    "pg-migration-lint:PGM502",
                    "pg-migration-lint:PGM503",
                    "pgrubic:GN004",
                    "bytebase:table.require-pk"),
            List.of(NO_KEY, UNIQUE_INSTEAD),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateTable create)
                || create.persistence() == Statement.Persistence.TEMPORARY
                || create.foreign()
                || create.ofType().isPresent()
                || !create.parents().isEmpty()) {
            return;
        }
        context.atFileEnd()
                .table(context.before().created(create.table()))
                .value()
                .filter(table -> table.primaryKey().isEmpty())
                .ifPresent(table -> report.report(Hit.at(
                        create.head(),
                        hasUniqueKey(table) ? UNIQUE_INSTEAD : NO_KEY,
                        table.name().toString())));
    }

    private static boolean hasUniqueKey(Table table) {
        return table.constraints().stream()
                .filter(constraint -> constraint.kind() == TableConstraint.Kind.UNIQUE)
                .anyMatch(constraint -> constraint.columns().stream()
                        .allMatch(name -> table.column(name)
                                .value()
                                .flatMap(Column::notNull)
                                .orElse(false)));
    }
}
