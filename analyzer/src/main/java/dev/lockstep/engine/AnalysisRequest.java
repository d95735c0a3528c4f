package dev.lockstep.engine;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Lost;
import java.time.LocalDate;
import java.util.List;

/**
 * What to analyse, and how.
 *
 * @param migrations the whole history, as its tool sees it
 * @param lost the judged parts of the history that can't be read
 * @param versions the PostgreSQL versions judged for: a hazard on any of them counts
 * @param rules those that are asked
 */
public record AnalysisRequest(
        Deploys deploys,
        AppliedHistory history,
        Migrations migrations,
        List<Lost> lost,
        List<PgVersion> versions,
        List<Rule> rules,
        RuleOptions options,
        TableSizes sizes,
        Silencing silencing) {

    /**
     * What comments that silence rules are held to.
     *
     * @param names all rules there are, asked or not
     * @param today the day that those with an end are compared with
     */
    public record Silencing(RuleNames names, LocalDate today) {}

    public AnalysisRequest {
        lost = List.copyOf(lost);
        versions = List.copyOf(versions);
        rules = List.copyOf(rules);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("no PostgreSQL version to judge for");
        }
    }
}
