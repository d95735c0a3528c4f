package dev.lockstep.cli.report;

import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Rule;
import dev.lockstep.source.Migrations.Ignored;
import java.util.List;
import java.util.Optional;

/**
 * All there is to tell about a run.
 *
 * @param result with the findings at the levels the user gave them
 * @param rules the whole catalogue, whatever was switched off
 * @param boundary what said which migrations are applied
 * @param ignored files that are not run forward by their tool
 */
public record Report(
        AnalysisResult result,
        List<Rule> rules,
        List<PgVersion> versions,
        List<Assumption> assumptions,
        Optional<Boundary> boundary,
        List<Ignored> ignored) {

    public Report {
        rules = List.copyOf(rules);
        versions = List.copyOf(versions);
        assumptions = List.copyOf(assumptions);
        ignored = List.copyOf(ignored);
    }

    /** Which tool's migrations a directory holds; {@code detected} by their names, or else told. */
    public record Assumption(String root, String tool, boolean detected) {}

    /**
     * What is applied already.
     *
     * @param commits those whose files are applied, one a repository
     * @param applied how many migrations are in them
     * @param toDeploy how many are judged as new
     * @param edited how many applied ones have another text now
     */
    public record Boundary(String reference, List<String> commits, int applied, int toDeploy, int edited) {
        public Boundary {
            commits = List.copyOf(commits);
        }
    }

    List<Finding> findings() {
        return result.findings();
    }

    long count(Severity severity) {
        return findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
