package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.UserType;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.lock.Work;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.BlockedTables;
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.TypeName;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/** A new column whose value is worked out for each existing row. */
final class AddColumnRewrite implements StatementRule {

    private static final Cause VOLATILE_DEFAULT = rewrite(
            "volatile-default",
            "Adding {0}.{1} with a default that is worked out anew for each row",
            "Add the column without a default, then SET DEFAULT for new rows, and backfill old ones in batches.");

    private static final Cause SERIAL = rewrite(
            "serial",
            "Adding {0}.{1} as serial",
            "Add a plain integer column, give it a sequence as default, and number old rows in batches.");

    private static final Cause IDENTITY = rewrite(
            "identity",
            "Adding {0}.{1} as an identity column",
            "Add a plain integer column, give it a sequence as default, and number old rows in batches.");

    private static final Cause STORED = rewrite(
            "stored",
            "Adding the stored generated column {0}.{1}",
            "Add a plain column that a trigger keeps, and backfill old rows in batches; or, from PostgreSQL 18 on, a VIRTUAL column.");

    private static final Cause DOMAIN = rewrite(
            "constrained-domain",
            "Adding {0}.{1} of a domain with a constraint",
            "Add the column with the domain's base type and a CHECK of its own, NOT VALID, and validate it in a later migration.");

    private static final Cause UNKNOWN_DEFAULT = new Cause(
            "unknown-default",
            Severity.WARNING,
            Hazard.NONE,
            "The default of {0}.{1} calls a function that the history doesn't show. If it is volatile, adding the column rewrites {0}"
                    + " under {2}, and {3} of {0} wait until every row is written anew.",
            "Add the column without a default, then SET DEFAULT for new rows, and backfill old ones in batches.");

    private static final RuleInfo INFO = new RuleInfo(
            "add-column-rewrite",
            "A new column whose value is worked out for each row rewrites the table under ACCESS EXCLUSIVE",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "squawk:adding-field-with-default",
                    "eugene:E11",
                    "pgls:addingFieldWithDefault",
                    "pgls:addSerialColumn",
                    "pgfence:add-column-non-constant-default",
                    "pgfence:add-column-serial",
                    "pgfence:add-column-stored-generated",
                    "migrationpilot:MP003",
                    "migrationpilot:MP015",
                    "migrationpilot:MP062",
                    "pg-migration-lint:PGM006",
                    "pgsafe:add-column-volatile-default",
                    "pgsafe:add-column-serial",
                    "pgsafe:add-column-identity",
                    "pgsafe:add-column-generated-stored",
                    "pgrubic:US004",
                    "pgrubic:US005",
                    "pgrubic:US006",
                    "pgrubic:US031",
                    "strong_migrations:add_column_default",
                    "strong_migrations:add_column_auto_incrementing",
                    "strong_migrations:add_column_generated_stored",
                    "atlas:PG302"),
            List.of(VOLATILE_DEFAULT, SERIAL, IDENTITY, STORED, DOMAIN, UNKNOWN_DEFAULT));

    private record Reason(Cause cause, Span clause) {}

    private static Cause rewrite(String key, String adding, String advice) {
        return new Cause(
                key,
                Severity.ERROR,
                Hazard.BLOCKING_WORK,
                adding
                        + " rewrites {0} and its indexes under {2}, and {3} of {0} wait until every row is written anew.",
                advice);
    }

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(context, AddColumn.class, (table, action) -> {
            Footprint footprint = context.footprint(action);
            BlockedTables.during(Work.REWRITE, context, footprint)
                    .ifPresentOrElse(
                            lock -> report.report(
                                    hit(reason(context.before(), action.column()), table, action.column(), lock)),
                            () -> BlockedTables.during(Work.UNKNOWN, context, footprint)
                                    .ifPresent(lock -> report.report(hit(
                                            new Reason(UNKNOWN_DEFAULT, defaultOf(action.column())),
                                            table,
                                            action.column(),
                                            lock))));
        });
    }

    private static Hit hit(Reason reason, QualifiedName table, ColumnDefinition column, RelationLock lock) {
        return Hit.at(
                reason.clause(),
                reason.cause(),
                table.toString(),
                column.name().name(),
                lock.mode().sql(),
                lock.mode().blocked());
    }

    /** What makes a column that rewrites the table do so. */
    private static Reason reason(Catalog catalog, ColumnDefinition column) {
        if (column.identity().isPresent()) {
            return new Reason(IDENTITY, column.identity().get().span());
        }
        if (column.generated().isPresent()) {
            return new Reason(STORED, column.generated().get().span());
        }
        Optional<TypeName> serial = column.type().filter(TypeName::isSerial);
        if (serial.isPresent()) {
            return new Reason(SERIAL, serial.get().span());
        }
        Optional<TypeName> domain = column.type().filter(type -> isConstrained(catalog, type));
        return domain.isPresent()
                ? new Reason(DOMAIN, domain.get().span())
                : new Reason(VOLATILE_DEFAULT, defaultOf(column));
    }

    private static boolean isConstrained(Catalog catalog, TypeName type) {
        return catalog.type(type)
                .filter(UserType.Domain.class::isInstance)
                .map(UserType.Domain.class::cast)
                .filter(domain ->
                        domain.notNull() || !domain.constraints().isEmpty() || isConstrained(catalog, domain.base()))
                .isPresent();
    }

    private static Span defaultOf(ColumnDefinition column) {
        return column.defaultValue().map(ColumnDefinition.DefaultValue::span).orElse(column.span());
    }
}
