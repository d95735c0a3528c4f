package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.DeployedObjects;
import dev.lockstep.rules.support.Losses;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A DROP with CASCADE that takes along what it doesn't name. */
final class DropCascade implements StatementRule {

    private static final Cause DEPENDENTS = new Cause(
            "dependents",
            Severity.ERROR,
            Hazard.LOST_GUARANTEE,
            "CASCADE also drops what depends on {0}: {1}.",
            "Drop each of them by name, in the order of their dependence, and leave CASCADE away: then PostgreSQL refuses to drop"
                    + " what nobody thought of.");

    private static final Cause UNKNOWN_DEPENDENTS = new Cause(
            "unknown-dependents",
            Severity.WARNING,
            Hazard.NONE,
            "CASCADE also drops whatever depends on {0}; the given history doesn't show what that is.",
            "Leave CASCADE away: then PostgreSQL lists what depends on it, and drops nothing.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-cascade",
            "A DROP with CASCADE takes along what it does not name",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP022", "pg-migration-lint:PGM202", "pgrubic:GN015"),
            List.of(DEPENDENTS, UNKNOWN_DEPENDENTS));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.isDeclaredUnused()) {
            return;
        }
        if (context.statement() instanceof Drop drop && drop.cascade()) {
            checkDrop(context, drop, report);
        } else if (context.statement() instanceof Statement.AlterTable alter) {
            alter.actions().forEach(action -> checkAction(context, alter, action, report));
        }
    }

    private static void checkDrop(StatementContext context, Drop drop, Reporter report) {
        Catalog before = context.before();
        Set<QualifiedName> names = drop.objects().stream()
                .map(object -> DeployedObjects.name(before, drop.kind(), object))
                .collect(Collectors.toSet());
        Set<String> schemas = drop.kind() == ObjectKind.SCHEMA
                ? drop.objects().stream().map(ObjectName::name).collect(Collectors.toSet())
                : Set.of();
        Predicate<QualifiedName> isNamed = name -> names.contains(name) || schemas.contains(name.schema());
        String dropped = names.stream()
                .map(name -> drop.kind() == ObjectKind.SCHEMA ? name.name() : name.toString())
                .sorted()
                .collect(Collectors.joining(", "));
        List<String> lost = Losses.of(context, isNamed);
        if (!lost.isEmpty()) {
            report.report(Hit.at(drop.span(), DEPENDENTS, dropped, String.join(", ", lost)));
        } else if (drop.objects().stream().anyMatch(object -> isUnknown(before, drop.kind(), object))) {
            report.report(Hit.at(drop.span(), UNKNOWN_DEPENDENTS, dropped));
        }
    }

    private static boolean isUnknown(Catalog catalog, ObjectKind kind, ObjectName object) {
        return switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW ->
                catalog.table(object).isUnknown()
                        || catalog.table(object)
                                .value()
                                .filter(table ->
                                        !table.complete() && table.columns().isEmpty())
                                .isPresent();
            case TYPE, DOMAIN ->
                catalog.type(DeployedObjects.name(catalog, kind, object)).isUnknown();
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
                catalog.routines(object).isEmpty();
            case SEQUENCE -> catalog.sequence(catalog.resolve(object)).isUnknown();
            case EXTENSION -> true;
            default -> false;
        };
    }

    private static void checkAction(
            StatementContext context, Statement.AlterTable alter, AlterAction action, Reporter report) {
        Optional<String> part = action instanceof AlterAction.DropColumn drop && drop.cascade()
                ? Optional.of(drop.column())
                : action instanceof AlterAction.DropConstraint drop && drop.cascade()
                        ? Optional.of(drop.name())
                        : Optional.empty();
        if (part.isEmpty()) {
            return;
        }
        QualifiedName table = context.before().resolve(alter.table());
        List<String> lost = Losses.of(context, table::equals);
        if (!lost.isEmpty()) {
            report.report(Hit.at(action.span(), DEPENDENTS, table + "." + part.get(), String.join(", ", lost)));
        } else if (context.before().table(table).isUnknown()) {
            report.report(Hit.at(action.span(), UNKNOWN_DEPENDENTS, table + "." + part.get()));
        }
    }
}
