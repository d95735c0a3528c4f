package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction.DropConstraint;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A key dropped that deployed code may rely on. */
final class DropKey implements StatementRule {

    private static final String ADVICE =
            "Build a unique index for the columns that are to be unique CONCURRENTLY before, and make it the key in the statement that"
                    + " drops the old one; or deploy code that needs none first, and say so with -- lockstep:deployed.";

    private static final Cause PRIMARY_KEY = new Cause(
            "primary-key",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "Without its primary key {1} nothing keeps the rows of {0} apart: INSERT … ON CONFLICT ({2}) of deployed code fails, queries"
                    + " lose the key's index, and a publication refuses every UPDATE and DELETE of {0}.",
            ADVICE);

    private static final Cause UNIQUE = new Cause(
            "unique",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "Without the constraint {1} nothing keeps rows of {0} with equal {2} out: INSERT … ON CONFLICT ({2}) of deployed code"
                    + " fails, and queries lose the constraint's index.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "drop-key",
            "A primary key or UNIQUE constraint is dropped while deployed code may rely on it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "migrationpilot:MP055",
                    "migrationpilot:MP097",
                    "pgfence:drop-constraint",
                    "pgsafe:drop-constraint",
                    "pgrubic:CT004"),
            List.of(PRIMARY_KEY, UNIQUE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.isDeclaredUnused()) {
            return;
        }
        AlterTables.forEach(context, DropConstraint.class, (table, action) -> {
            Optional<TableConstraint> key = context.before()
                    .table(table)
                    .value()
                    .flatMap(known -> known.constraint(action.name()).value())
                    .filter(constraint -> constraint.kind() == TableConstraint.Kind.PRIMARY_KEY
                            || constraint.kind() == TableConstraint.Kind.UNIQUE);
            if (key.isPresent()
                    && context.isDeployed(table)
                    && !isUnique(context.atTransactionEnd(), table, key.get().columns())) {
                report.report(Hit.at(
                        action.span(),
                        key.get().kind() == TableConstraint.Kind.PRIMARY_KEY ? PRIMARY_KEY : UNIQUE,
                        table.toString(),
                        action.name(),
                        String.join(", ", key.get().columns())));
            }
        });
    }

    /** Whether a unique index of exactly these columns is left; ON CONFLICT asks for no more. */
    private static boolean isUnique(Catalog catalog, QualifiedName table, List<String> columns) {
        return catalog.table(table).isAbsent()
                || catalog.indexesOf(table).stream()
                        .filter(index -> index.unique()
                                && index.valid()
                                && index.predicate().isEmpty())
                        .filter(index ->
                                index.keyColumns().size() == index.keys().size())
                        .anyMatch(index -> new HashSet<>(index.keyColumns()).equals(new HashSet<>(columns)));
    }
}
