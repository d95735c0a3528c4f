package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import java.util.List;

/** A {@code -- lockstep:deployed} comment that doesn't say what was deployed. */
final class DeployedWithoutReason implements MigrationRule {

    private static final Cause NO_REASON = new Cause(
            "no-reason",
            Severity.WARNING,
            Hazard.NONE,
            "This lockstep:deployed comment gives no reason, so it silences nothing.",
            "Say what was deployed that no longer uses the dropped or renamed object.");

    private static final RuleInfo INFO = new RuleInfo(
            "deployed-without-reason",
            "A lockstep:deployed comment doesn't say what was deployed",
            RuleInfo.Category.ANALYSIS,
            "0.1",
            List.of(),
            List.of(NO_REASON));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        for (DeployedMarker marker : context.deployedMarkers()) {
            if (marker.reason().isEmpty()) {
                report.report(Hit.at(marker.span(), NO_REASON));
            }
        }
    }
}
