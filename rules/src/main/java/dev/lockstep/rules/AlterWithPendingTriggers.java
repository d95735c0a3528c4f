package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.Place;
import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.SessionStatement.SetConstraints;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A table altered while checks of its rows, deferred to the end of the transaction, are outstanding. */
final class AlterWithPendingTriggers implements StatementRule {

    private static final Cause PENDING = new Cause(
            "pending",
            Severity.ERROR,
            Hazard.FAILURE,
            "This statement fails: the rows that line {0} wrote to {1} wait for the check of {2}, which is deferred to the end of the"
                    + " transaction, and until then {1} can't be altered (SQLSTATE 55006).",
            "Write the rows in a migration of their own, or SET CONSTRAINTS ALL IMMEDIATE before this statement.");

    private static final RuleInfo INFO = new RuleInfo(
            "alter-with-pending-triggers",
            "A table is altered while deferred checks of rows that the transaction wrote are outstanding",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(PENDING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!context.transaction().inBlock()) {
            return;
        }
        if (context.statement() instanceof Statement.Insert insert) {
            QualifiedName table = context.before().resolve(insert.table());
            foreignKeys(context, table).findFirst().ifPresent(key -> check(context, table, key, report));
        } else if (context.statement() instanceof Statement.Update update) {
            QualifiedName table = context.before().resolve(update.table());
            foreignKeys(context, table)
                    .filter(key -> key.columns().stream().anyMatch(update.columns()::contains))
                    .findFirst()
                    .ifPresent(key -> check(context, table, key, report));
        }
    }

    private static Stream<TableConstraint> foreignKeys(StatementContext context, QualifiedName table) {
        return context.before().table(table).value().stream()
                .flatMap(known -> known.constraints().stream())
                .filter(constraint -> constraint.kind() == TableConstraint.Kind.FOREIGN_KEY)
                .filter(constraint -> isDeferred(context, constraint));
    }

    /** As the transaction has set it last, else as the constraint says. */
    private static boolean isDeferred(StatementContext context, TableConstraint constraint) {
        if (constraint.deferral() == Deferral.NOT_DEFERRABLE) {
            return false;
        }
        return context.earlier().stream()
                .filter(earlier -> earlier.now().equals(context.now()))
                .map(StatementContext::statement)
                .filter(SetConstraints.class::isInstance)
                .map(SetConstraints.class::cast)
                .filter(set -> set.constraints().isEmpty()
                        || set.constraints().stream().map(ObjectName::name).anyMatch(constraint.name()::equals))
                .reduce((first, second) -> second)
                .map(SetConstraints::deferred)
                .orElse(constraint.deferral() == Deferral.INITIALLY_DEFERRED);
    }

    private static void check(StatementContext context, QualifiedName table, TableConstraint key, Reporter report) {
        context.later().stream()
                .takeWhile(later -> later.now().equals(context.now()) && !checksNow(later))
                .filter(later -> alters(later, table))
                .findFirst()
                .ifPresent(later -> report.report(new Hit(
                        Place.of(later),
                        PENDING,
                        List.of(
                                String.valueOf(context.script()
                                        .source()
                                        .position(context.place().start())
                                        .line()),
                                table.toString(),
                                key.name()),
                        List.of(new Related(
                                context.script().source(), Place.of(context), "writes rows of " + table)))));
    }

    private static boolean checksNow(StatementContext context) {
        return context.statement() instanceof SetConstraints set && !set.deferred();
    }

    private static boolean alters(StatementContext context, QualifiedName table) {
        if (context.statement() instanceof Statement.AlterTable alter) {
            return context.before().resolve(alter.table()).equals(table);
        }
        return context.statement() instanceof Statement.Truncate truncate
                && truncate.tables().stream().map(context.before()::resolve).anyMatch(table::equals);
    }
}
