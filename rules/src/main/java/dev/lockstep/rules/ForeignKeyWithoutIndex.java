package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
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
import dev.lockstep.sql.AlterAction.AddColumn;
import dev.lockstep.sql.AlterAction.AddConstraint;
import dev.lockstep.sql.Constraint;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** A foreign key that makes every delete of a referenced row read the whole referencing table. */
final class ForeignKeyWithoutIndex implements StatementRule {

    private static final Cause NO_INDEX = new Cause(
            "no-index",
            Severity.WARNING,
            Hazard.LEFT_UNDONE,
            "No index of {0} begins with {1}: each DELETE from {2}, and each UPDATE of the columns that are referred to, reads all of {0}"
                    + " to see that no row is left behind, and keeps its row locked meanwhile.",
            "CREATE INDEX CONCURRENTLY on {0} ({1}), in a migration before this one or after it.");

    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-without-index",
            "A foreign key of a table in use has no index that its checks could use",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(
                    "eugene:E15",
                    "pgfence:fk-missing-index",
                    "migrationpilot:MP016",
                    "pg-migration-lint:PGM501",
                    "pgsafe:fk-without-covering-index"),
            List.of(NO_INDEX));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        AlterTables.forEach(
                context,
                AddConstraint.class,
                (table, action) -> foreignKey(action.constraint(), key -> check(context, table, key, report)));
        AlterTables.forEach(
                context,
                AddColumn.class,
                (table, action) -> action.column()
                        .constraints()
                        .forEach(constraint -> foreignKey(constraint, key -> check(context, table, key, report))));
    }

    private static void foreignKey(Constraint constraint, Consumer<Constraint.ForeignKey> then) {
        if (constraint instanceof Constraint.ForeignKey key) {
            then.accept(key);
        }
    }

    /** A table of unknown shape may have any index. */
    private static void check(
            StatementContext context, QualifiedName table, Constraint.ForeignKey key, Reporter report) {
        boolean known =
                context.before().table(table).value().filter(Table::complete).isPresent();
        if (!known || !context.isInUse(table)) {
            return;
        }
        report.report(
                Hit.at(
                        key.span(),
                        NO_INDEX,
                        table.toString(),
                        String.join(", ", key.columns()),
                        context.before().resolve(key.referenced()).toString()),
                ending -> isThereStill(ending.schema(), table, key)
                        && ending.schema().indexesOf(table).stream().noneMatch(index -> serves(index, key)));
    }

    private static boolean isThereStill(Catalog schema, QualifiedName table, Constraint.ForeignKey key) {
        return schema.table(table).value().stream()
                .flatMap(known -> known.constraints().stream())
                .anyMatch(constraint -> constraint.reference().isPresent()
                        && constraint.columns().equals(key.columns()));
    }

    /** PostgreSQL asks for equality of all columns; their order in the index doesn't matter as long as they come first. */
    private static boolean serves(Index index, Constraint.ForeignKey key) {
        int wanted = key.columns().size();
        return index.predicate().isEmpty()
                && index.keyColumns().size() >= wanted
                && new HashSet<>(index.keyColumns().subList(0, wanted)).equals(new HashSet<>(key.columns()));
    }
}
