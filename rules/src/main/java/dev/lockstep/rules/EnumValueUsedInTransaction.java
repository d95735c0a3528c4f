package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.UserType;
import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.DeployedObjects;
import dev.lockstep.rules.support.Place;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.TypeStatement.AddEnumValue;
import java.util.List;

/** An enum value used by the transaction that adds it. */
final class EnumValueUsedInTransaction implements StatementRule {

    static final String UNSAFE_NEW_VALUE = "55P04";

    private static final Cause USED = new Cause(
            "used",
            Severity.ERROR,
            Hazard.FAILURE,
            "This statement fails: it uses the value '{0}' of {1}, which this same transaction adds on line {2} (SQLSTATE 55P04).",
            "Add the value in a migration before the one that uses it.");

    private static final RuleInfo INFO = new RuleInfo(
            "enum-value-used-in-transaction",
            "An enum value is used by the transaction that adds it",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of("migrationpilot:MP054", "pgsafe:enum-value-used-in-transaction"),
            List.of(USED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** Whether the statement's transaction has added a value before it. */
    static boolean isAdded(StatementContext context) {
        return context.earlier().stream()
                .anyMatch(
                        earlier -> earlier.now().equals(context.now()) && earlier.statement() instanceof AddEnumValue);
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof AddEnumValue add)
                || !context.transaction().inBlock()
                || isAllowed(context, add)) {
            return;
        }
        QualifiedName type = DeployedObjects.name(context.before(), ObjectKind.TYPE, add.type());
        context.later().stream()
                .takeWhile(later -> later.now().equals(context.now()))
                .filter(later -> later.footprint().failure(UNSAFE_NEW_VALUE).isPresent())
                .findFirst()
                .ifPresent(later -> report.report(new Hit(
                        Place.of(later),
                        USED,
                        List.of(
                                add.value(),
                                type.toString(),
                                String.valueOf(context.script()
                                        .source()
                                        .position(context.place().start())
                                        .line())),
                        List.of(new Related(context.script().source(), context.place(), "adds the value")))));
    }

    /** From 17 on a type that the transaction itself made may be used with every value; one that has the value keeps it. */
    private static boolean isAllowed(StatementContext context, AddEnumValue add) {
        Catalog catalog = context.before();
        return catalog.type(DeployedObjects.name(catalog, ObjectKind.TYPE, add.type())).value().stream()
                .anyMatch(type -> type.created().equals(context.now())
                                && context.versions().stream().allMatch(version -> version.isAtLeast(PgVersion.V17))
                        || type instanceof UserType.EnumType known
                                && known.values().stream()
                                        .anyMatch(value -> value.label().equals(add.value())));
    }
}
