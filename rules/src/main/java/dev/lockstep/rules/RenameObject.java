package dev.lockstep.rules;

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
import dev.lockstep.sql.Statement.Rename;
import dev.lockstep.sql.Statement.SetSchema;
import dev.lockstep.sql.TypeStatement.RenameEnumValue;
import dev.lockstep.text.Span;
import java.util.List;

/** A view, function, sequence, type, schema or enum value renamed, or moved to another schema, while deployed code may use the old name. */
final class RenameObject implements StatementRule {

    private static final String ADVICE =
            "Create it under the new name beside the old one; deploy code that uses {2}, then drop the old one.";

    private static final Cause RENAMED = new Cause(
            "renamed",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Renaming {0} {1} to {2} makes deployed code that uses the old name fail, and new code that uses the new one until it"
                    + " is done.",
            ADVICE);

    private static final Cause MOVED = new Cause(
            "moved",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Moving {0} {1} to schema {2} makes deployed code that names its schema, or doesn't search the new one, fail.",
            "Create it in {2} too; deploy code that uses that one, then drop the old one.");

    private static final Cause SCHEMA = new Cause(
            "schema",
            Severity.ERROR,
            Hazard.BROKEN_NAME,
            "Renaming schema {1} to {2} renames everything in it at once: deployed code that uses the old name, by itself or in"
                    + " its search_path, fails.",
            "Create the new schema beside the old one, with views of its tables; deploy code that uses {2}, then move the"
                    + " tables.");

    private static final Cause ENUM_VALUE = new Cause(
            "enum-value",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Renaming the value {1} of {0} to {2} makes deployed code that writes or compares with the old one fail, and read one"
                    + " it doesn't know.",
            "Add {2} as a new value; deploy code that knows both, change the rows, then stop using {1}.");

    private static final RuleInfo INFO = new RuleInfo(
            "rename-object",
            "A view, function, sequence, type, schema or enum value is renamed or moved while deployed code may use the old name",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("strong_migrations:rename_schema", "strong_migrations:rename_enum_value", "migrationpilot:MP060"),
            List.of(RENAMED, MOVED, SCHEMA, ENUM_VALUE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.isDeclaredUnused()
                || CertainFailures.of(context.footprint()).isPresent()) {
            return;
        }
        if (context.statement() instanceof Rename rename && rename.part().isEmpty()) {
            Cause cause = rename.kind() == ObjectKind.SCHEMA ? SCHEMA : RENAMED;
            check(context, rename.kind(), rename.object(), rename.newName(), rename.action(), cause, report);
        } else if (context.statement() instanceof SetSchema move
                && context.footprint().locks().isEmpty()) {
            // Relations have a rule of their own.
            check(context, move.kind(), move.object(), move.newSchema(), move.action(), MOVED, report);
        } else if (context.statement() instanceof RenameEnumValue rename
                && DeployedObjects.isDeployed(context, ObjectKind.TYPE, rename.type())) {
            report.report(Hit.at(
                    rename.span(),
                    ENUM_VALUE,
                    DeployedObjects.name(context.before(), ObjectKind.TYPE, rename.type())
                            .toString(),
                    "'" + rename.value() + "'",
                    "'" + rename.newValue() + "'"));
        }
    }

    private static void check(
            StatementContext context,
            ObjectKind kind,
            ObjectName object,
            String target,
            Span place,
            Cause cause,
            Reporter report) {
        if (isNamedByCode(kind)
                && DeployedObjects.isDeployed(context, kind, object)
                && !DeployedObjects.isThereAtTheEnd(context, kind, object)) {
            report.report(Hit.at(
                    place,
                    cause,
                    kind.words(),
                    DeployedObjects.name(context.before(), kind, object).toString(),
                    target));
        }
    }

    /** Tables have a rule of their own. */
    private static boolean isNamedByCode(ObjectKind kind) {
        return switch (kind) {
            case VIEW, MATERIALIZED_VIEW, FUNCTION, PROCEDURE, ROUTINE, AGGREGATE, SEQUENCE, TYPE, DOMAIN, SCHEMA ->
                true;
            default -> false;
        };
    }
}
