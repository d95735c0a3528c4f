package dev.lockstep.rules;

import dev.lockstep.catalog.Routine;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.CertainFailures;
import dev.lockstep.rules.support.DeployedObjects;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.Optional;

/** A view, function, sequence, type or extension dropped while deployed code may still use it. */
final class DropObject implements StatementRule {

    private static final String ADVICE =
            "Deploy code that no longer uses {0} first; then drop it in a later migration, with the comment"
                    + " -- lockstep:deployed and what was deployed.";

    private static final Cause VIEW = new Cause(
            "view",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping {1} {0} makes every statement of deployed code that reads it fail.",
            ADVICE);

    private static final Cause FUNCTION = new Cause(
            "function",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping {1} {0} makes every statement of deployed code that calls it fail.",
            ADVICE);

    private static final Cause SEQUENCE = new Cause(
            "sequence",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Dropping sequence {0} makes every statement of deployed code that draws from it fail, and loses its place.",
            ADVICE);

    private static final Cause TYPE = new Cause(
            "type",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Dropping {1} {0} makes every statement of deployed code that casts to it fail.",
            ADVICE);

    private static final Cause EXTENSION = new Cause(
            "extension",
            Severity.ERROR,
            Hazard.NONE,
            "Dropping extension {0} drops its functions, types and operators: every statement of deployed code that uses one"
                    + " fails.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "drop-object",
            "A view, function, sequence, type or extension is dropped while deployed code may still use it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP024"),
            List.of(VIEW, FUNCTION, SEQUENCE, TYPE, EXTENSION));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Drop drop) || context.isDeclaredUnused()) {
            return;
        }
        cause(drop.kind())
                .ifPresent(cause -> drop.objects().stream()
                        .filter(object -> breaks(context, drop.kind(), object))
                        .forEach(object -> report.report(Hit.at(
                                object.span(),
                                cause,
                                DeployedObjects.name(context.before(), drop.kind(), object)
                                        .toString(),
                                drop.kind().words()))));
    }

    private static Optional<Cause> cause(ObjectKind kind) {
        return switch (kind) {
            case VIEW, MATERIALIZED_VIEW -> Optional.of(VIEW);
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> Optional.of(FUNCTION);
            case SEQUENCE -> Optional.of(SEQUENCE);
            case TYPE, DOMAIN -> Optional.of(TYPE);
            case EXTENSION -> Optional.of(EXTENSION);
            default -> Optional.empty();
        };
    }

    /** Nothing but a trigger can call a function that returns trigger. */
    private static boolean isOfTriggers(StatementContext context, ObjectKind kind, ObjectName object) {
        List<Routine> routines = cause(kind).filter(FUNCTION::equals).isPresent()
                ? context.before().routines(object)
                : List.of();
        return !routines.isEmpty()
                && routines.stream()
                        .allMatch(routine -> routine.returns()
                                .filter(type -> type.name().equals("trigger")
                                        || type.name().equals("event_trigger"))
                                .isPresent());
    }

    private static boolean breaks(StatementContext context, ObjectKind kind, ObjectName object) {
        return kind == ObjectKind.EXTENSION
                || DeployedObjects.isDeployed(context, kind, object)
                        && !DeployedObjects.isThereAtTheEnd(context, kind, object)
                        && !isOfTriggers(context, kind, object)
                        && CertainFailures.of(context.footprint(object)).isEmpty();
    }
}
