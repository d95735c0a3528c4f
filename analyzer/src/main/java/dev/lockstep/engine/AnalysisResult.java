package dev.lockstep.engine;

import dev.lockstep.finding.Finding;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.text.SourceText;
import java.util.List;

/**
 * What came of an analysis; findings in the order of the migrations, and by place within each.
 *
 * @param deployedMarkers the {@code lockstep:deployed} comments with a reason, which silenced drops and renames
 */
public record AnalysisResult(
        List<Finding> findings, List<RuleFailure> failures, Coverage coverage, List<Marker> deployedMarkers) {

    public AnalysisResult {
        findings = List.copyOf(findings);
        failures = List.copyOf(failures);
        deployedMarkers = List.copyOf(deployedMarkers);
    }

    /** A marker and its file. */
    public record Marker(SourceText source, DeployedMarker marker) {}

    /** A rule that threw: a defect of the rule, not of the migration. */
    public record RuleFailure(String rule, SourceText source, int offset, RuntimeException exception) {}

    /** How much of the judged migrations was understood. */
    public record Coverage(int migrations, int migrationsUnderstood, int statements, List<Gap> gaps) {
        public Coverage {
            gaps = List.copyOf(gaps);
        }

        public int statementsUnderstood() {
            return statements - gaps.size();
        }
    }

    /** Something not understood, and where. */
    public record Gap(SourceText source, NotUnderstood what) {}
}
