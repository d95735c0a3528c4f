package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.engine.TableSizes;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.RuleSet;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What {@code lint} was asked to do. */
record LintOptions(
        CommonOptions common,
        List<PgVersion> versions,
        Optional<String> since,
        Threshold threshold,
        RuleChoice ruleChoice,
        TableSizes sizes,
        boolean absolutePaths,
        boolean verbose) {

    static LintOptions of(ParseResult parsed, Environment environment, RuleCatalogue rules) {
        CommonOptions common = CommonOptions.of(parsed, Choices.FORMATS);
        boolean verbose = parsed.hasMatchedOption("--verbose");
        if (common.quiet() && verbose) {
            throw new UserError("--quiet and --verbose exclude each other");
        }
        return new LintOptions(
                common,
                versions(parsed),
                CommonOptions.text(parsed, "--since"),
                new Threshold(level(CommonOptions.choice(parsed, "--fail-on", Choices.THRESHOLDS, "error"))),
                ruleChoice(parsed, environment, rules),
                CommonOptions.text(parsed, "--stats")
                        .map(name -> StatsFile.read(name, environment))
                        .orElse(TableSizes.UNKNOWN),
                parsed.hasMatchedOption("--absolute-paths"),
                verbose);
    }

    static List<PgVersion> versions(ParseResult parsed) {
        return CommonOptions.text(parsed, "--pg-version")
                .map(LintOptions::version)
                .orElse(PgVersion.ALL);
    }

    private static List<PgVersion> version(String typed) {
        return PgVersion.ALL.stream()
                .filter(version -> version.toString().equals(typed))
                .findFirst()
                .map(List::of)
                .orElseThrow(() ->
                        new UserError("--pg-version takes a major version from 14 to 18, not " + Printable.of(typed)));
    }

    /** The command line has the last word. */
    private static RuleChoice ruleChoice(ParseResult parsed, Environment environment, RuleCatalogue rules) {
        RuleChoice choice = Configuration.read(CommonOptions.text(parsed, "--config"), environment, rules);
        for (String sets : parsed.matchedOptionValue("--set", List.<String>of())) {
            for (String set : sets.split(",")) {
                String label = Choices.check("--set", set.strip(), Choices.SETS);
                choice = choice.withSet(RuleSet.labelled(label).orElseThrow());
            }
        }
        for (String setting : parsed.matchedOptionValue("--rule", List.<String>of())) {
            int equals = setting.lastIndexOf('=');
            if (equals < 0) {
                throw new UserError("--rule takes ID=LEVEL, not " + Printable.of(setting));
            }
            String id = rules.named(setting.substring(0, equals)).info().id();
            String level = Choices.check("--rule " + id, setting.substring(equals + 1), Choices.LEVELS);
            choice = choice.withLevel(id, level(level));
        }
        return choice;
    }

    /** Empty for {@code never} and {@code off}. */
    static Optional<Severity> level(String word) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.label().equals(word))
                .findFirst();
    }
}
