package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Footprint;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.Versions;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A statement that the schema it meets makes fail, whatever the rows. */
final class StatementFails implements StatementRule {

    private static final Cause CERTAIN =
            new Cause("certain", Severity.ERROR, Hazard.FAILURE, "The statement fails{2}: {0} (SQLSTATE {1}).", "");

    private static final RuleInfo INFO = new RuleInfo(
            "statement-fails",
            "The schema that the statement meets makes it fail, whatever the rows",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("migrationpilot:MP049", "migrationpilot:MP052"),
            List.of(CERTAIN));

    /** Whether a name is taken or missing; scripts that no tool orders may not belong together. */
    private static final Set<String> OF_NAMES = Set.of("42P01", "42P07", "42701", "42703", "42704", "42710");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (CreateAfterUse.applies(context, context.statement())) {
            return;
        }
        Map<Failure, Span> reported = new LinkedHashMap<>();
        for (Map.Entry<Span, Footprint> part : parts(context).entrySet()) {
            // A second failure of the same part would never be seen.
            part.getValue().failures().stream()
                    .filter(failure -> failure.when() == Failure.When.ALWAYS)
                    .filter(failure -> !context.isCaught(failure.sqlState()))
                    .filter(failure -> !failure.sqlState().equals(SyntaxNewerThanTarget.SYNTAX_ERROR)
                            || isMistake(context, failure))
                    .filter(failure -> !failure.sqlState().equals(EnumValueUsedInTransaction.UNSAFE_NEW_VALUE)
                            || !EnumValueUsedInTransaction.isAdded(context))
                    .filter(failure -> isOrdered(context) || !OF_NAMES.contains(failure.sqlState()))
                    .filter(failure -> !reported.containsKey(failure))
                    .findFirst()
                    .ifPresent(failure -> {
                        if (!isWhole(part.getKey(), context) || reported.isEmpty()) {
                            reported.put(failure, part.getKey());
                        }
                    });
        }
        reported.forEach((failure, span) -> report.report(
                Hit.at(span, CERTAIN, failure.message(), failure.sqlState(), Versions.suffix(context, failure))));
    }

    /** Whether no version takes it; what is wrong inside code is said at its place there. */
    private static boolean isMistake(StatementContext context, Failure failure) {
        boolean isCode =
                context.statement() instanceof RoutineStatement || context.statement() instanceof Statement.Select;
        return !isCode && !SyntaxNewerThanTarget.isOfLaterVersion(context, failure);
    }

    private static boolean isWhole(Span part, StatementContext context) {
        return part.equals(context.statement().span());
    }

    private static boolean isOrdered(StatementContext context) {
        return context.migration().kind() != Migration.Kind.SCRIPT;
    }

    private static Map<Span, Footprint> parts(StatementContext context) {
        Map<Span, Footprint> parts = new LinkedHashMap<>();
        if (context.statement() instanceof Statement.AlterTable alter) {
            for (AlterAction action : alter.actions()) {
                parts.put(action.span(), context.footprint(action));
            }
        } else if (context.statement() instanceof Statement.Drop drop) {
            for (ObjectName object : drop.objects()) {
                parts.put(object.span(), context.footprint(object));
            }
        }
        // What the parts don't tell, such as a table that is missing.
        parts.put(context.statement().span(), context.footprint());
        return parts;
    }
}
