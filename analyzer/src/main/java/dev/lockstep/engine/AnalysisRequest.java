package dev.lockstep.engine;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Lost;
import java.util.List;

/**
 * What to analyse, and how.
 *
 * @param migrations the whole history, as its tool sees it
 * @param lost the judged parts of the history that can't be read
 * @param versions the PostgreSQL versions judged for: a hazard on any of them counts
 */
public record AnalysisRequest(
        Deploys deploys,
        AppliedHistory history,
        Migrations migrations,
        List<Lost> lost,
        List<PgVersion> versions,
        List<Rule> rules,
        RuleOptions options,
        TableSizes sizes) {

    public AnalysisRequest {
        lost = List.copyOf(lost);
        versions = List.copyOf(versions);
        rules = List.copyOf(rules);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no PostgreSQL version to judge for");
        }
    }
}
