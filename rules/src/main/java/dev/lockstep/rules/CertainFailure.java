package dev.lockstep.rules;

import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Failure;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.CertainFailures;
import dev.lockstep.rules.support.Place;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A statement that the schema, as the migrations made it, tells to fail. */
final class CertainFailure implements StatementRule {

    private static final String RELATION_EXISTS = "42P07";

    private static final Cause FAILS = new Cause(
            "fails",
            Severity.ERROR,
            Hazard.FAILURE,
            "This statement fails: {0} (SQLSTATE {1}).",
            "The migrations before it don't leave the schema that it needs.");

    private static final Cause USED_BEFORE = new Cause(
            "used-before",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} is created here, but an earlier migration uses it already: on a new database that one fails, and where it"
                    + " succeeds this one does (SQLSTATE {1}).",
            "Create {0} in a migration before the first that uses it.");

    private static final RuleInfo INFO = new RuleInfo(
            "certain-failure",
            "A statement fails whatever the rows are, given the schema that the migrations make",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("migrationpilot:SQ004", "migrationpilot:MP052", "pgfence:trace-error"),
            List.of(FAILS, USED_BEFORE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.AlterTable alter) {
            Set<Failure> reported = new HashSet<>();
            for (AlterAction action : alter.actions()) {
                CertainFailures.of(context.footprint(action))
                        .filter(reported::add)
                        .ifPresent(failure -> report(context, action.span(), failure, report));
            }
            if (!reported.isEmpty()) {
                return;
            }
        }
        CertainFailures.of(context.footprint())
                .ifPresent(failure -> report(context, Place.of(context.statement()), failure, report));
    }

    private static void report(StatementContext context, Span place, Failure failure, Reporter report) {
        boolean exists = failure.sqlState().equals(RELATION_EXISTS);
        if (exists && context.migration().kind() == Migration.Kind.SCRIPT) {
            // Scripts with no tool behind them may each be meant for a database of their own.
            return;
        }
        report.report(
                exists && isKnownByUseAlone(context)
                        ? Hit.at(place, USED_BEFORE, created(context).orElseThrow().toString(), failure.sqlState())
                        : Hit.at(place, FAILS, failure.message(), failure.sqlState()));
    }

    private static boolean isKnownByUseAlone(StatementContext context) {
        return created(context)
                .flatMap(name -> context.before().table(name).value())
                .map(Table::created)
                .filter(Moment.BEFORE_HISTORY::equals)
                .isPresent();
    }

    private static Optional<QualifiedName> created(StatementContext context) {
        Optional<ObjectName> name = context.statement() instanceof Statement.CreateTable create
                ? Optional.of(create.table())
                : context.statement() instanceof Statement.CreateTableAs create
                        ? Optional.of(create.table())
                        : Optional.empty();
        return name.map(context.before()::resolve);
    }
}
