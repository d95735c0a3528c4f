package dev.lockstep.engine;

import dev.lockstep.finding.Finding;
import dev.lockstep.text.Place;
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

    /** A marker with a reason, and where it stands. */
    public record Marker(Place place, String reason) {}

    /** A rule that threw: a defect of the rule, not of the migration. */
    public record RuleFailure(String rule, Place place, RuntimeException exception) {}

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
    public record Gap(Place place, String what) {}
}
