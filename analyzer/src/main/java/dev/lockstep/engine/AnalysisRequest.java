package dev.lockstep.engine;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Rule;
import java.util.List;

/**
 * What to analyse, and how.
 *
 * @param versions the PostgreSQL versions judged for: a hazard on any of them counts
 */
public record AnalysisRequest(Deploys deploys, AppliedHistory history, List<PgVersion> versions, List<Rule> rules) {

    public AnalysisRequest {
        versions = List.copyOf(versions);
        rules = List.copyOf(rules);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no PostgreSQL version to judge for");
        }
    }
}
