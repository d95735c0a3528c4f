package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.Statement;
import java.util.List;

/** A relation moved to another schema while deployed code may still look for it in the old one. */
final class SetSchema implements StatementRule {

    private static final Cause DEPLOYED = new Cause(
            "deployed",
            Severity.WARNING,
            Hazard.BROKEN_NAME,
            "Moving {0} to schema {1} makes deployed code that looks for it where it was fail. It takes {2} on {0} until the"
                    + " transaction ends.",
            "Create a view of the old name in the same transaction, deploy code that uses {1}, then drop the view. Declare it with the"
                    + " comment -- lockstep:deployed and the reason.");

    private static final RuleInfo INFO = new RuleInfo(
            "set-schema",
            "A table is moved to another schema while deployed code may still look for it in the old one",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP098"),
            List.of(DEPLOYED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.SetSchema move) || context.isDeclaredUnused()) {
            return;
        }
        QualifiedName relation = context.before().resolve(move.object());
        if (!context.isDeployed(relation) || context.before().table(relation).isAbsent()) {
            return;
        }
        // Only relations have a lock of their own.
        context.footprint()
                .on(relation)
                .ifPresent(lock -> report.report(Hit.at(
                        move.span(),
                        DEPLOYED,
                        relation.toString(),
                        move.newSchema(),
                        lock.mode().sql())));
    }
}
