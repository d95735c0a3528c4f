package dev.lockstep.engine;

import dev.lockstep.engine.Explanation.End;
import dev.lockstep.finding.Finding;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.text.Place;
import java.util.List;
import java.util.Optional;

/**
 * What came of an analysis; findings in the order of the migrations, and by place within each.
 *
 * @param suppressed the findings that comments silence
 * @param deployedMarkers the {@code lockstep:deployed} comments with a reason, which silenced drops and renames
 * @param runs what of each judged migration is one transaction
 */
public record AnalysisResult(
        List<Finding> findings,
        List<Suppressed> suppressed,
        List<RuleFailure> failures,
        Coverage coverage,
        List<Marker> deployedMarkers,
        List<Run> runs) {

    public AnalysisResult {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        failures = List.copyOf(failures);
        deployedMarkers = List.copyOf(deployedMarkers);
        runs = List.copyOf(runs);
    }

    /**
     * How a judged migration is run.
     *
     * @param refusal why the tool will not run it at all
     */
    public record Run(Migration migration, Optional<Refusal> refusal, List<RunTransaction> transactions) {
        public Run {
            transactions = List.copyOf(transactions);
        }
    }

    /** Statements that commit together, or one that nothing holds together with others. */
    public record RunTransaction(Opener openedBy, End end, int statements) {}

    /** A finding that a comment silences; the reason may be empty where the comment is another linter's. */
    public record Suppressed(Finding finding, String reason) {}

    /** The same with other findings. */
    public AnalysisResult withFindings(List<Finding> others) {
        return new AnalysisResult(others, suppressed, failures, coverage, deployedMarkers, runs);
    }

    /** A marker with a reason, and where it stands. */
    public record Marker(Place place, String reason) {}

    /** A rule that threw: a defect of the rule, not of the migration. */
    public record RuleFailure(String rule, Place place, RuntimeException exception) {}

    /**
     * How much of the judged migrations was understood.
     *
     * @param withPlaceholders the statements among those understood in which a name stands for a value that is not known
     */
    public record Coverage(
            int migrations, int migrationsUnderstood, int statements, int withPlaceholders, List<Gap> gaps) {
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
