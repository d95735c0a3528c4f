package dev.lockstep.cli;

import dev.lockstep.cli.files.Request;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.plain.PlainSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What {@code lint} was asked to do. */
record LintOptions(
        Request request,
        List<PgVersion> versions,
        Optional<String> since,
        String format,
        Optional<String> output,
        Threshold threshold,
        RuleLevels levels,
        boolean absolutePaths,
        String colour,
        boolean quiet,
        boolean verbose) {

    private static final String AUTO = "auto";

    static LintOptions of(ParseResult parsed, RuleCatalogue rules) {
        boolean quiet = parsed.hasMatchedOption("--quiet");
        boolean verbose = parsed.hasMatchedOption("--verbose");
        if (quiet && verbose) {
            throw new UserError("--quiet and --verbose exclude each other");
        }
        return new LintOptions(
                request(parsed),
                versions(parsed),
                text(parsed, "--since"),
                choice(parsed, "--format", Choices.FORMATS, "text"),
                text(parsed, "--output"),
                new Threshold(level(choice(parsed, "--fail-on", Choices.THRESHOLDS, "error"))),
                levels(parsed, rules),
                parsed.hasMatchedOption("--absolute-paths"),
                choice(parsed, "--color", Choices.COLOURS, AUTO),
                quiet,
                verbose);
    }

    static Request request(ParseResult parsed) {
        List<String> paths = parsed.matchedPositionalValue(0, List.<String>of());
        Optional<String> stdinName = text(parsed, "--stdin-filename");
        if (stdinName.isPresent() && !paths.contains(Request.STDIN)) {
            throw new UserError("--stdin-filename needs - among the paths");
        }
        Optional<MigrationSource> tool = tool(parsed);
        boolean singleTransaction = parsed.hasMatchedOption("--single-transaction");
        if (singleTransaction && tool.filter(MigrationSources.PLAIN::equals).isEmpty()) {
            throw new UserError("--single-transaction is psql's: it needs --tool plain");
        }
        return new Request(
                paths.isEmpty() ? List.of(".") : paths,
                singleTransaction ? Optional.of(new PlainSource(true)) : tool,
                singleTransaction,
                parsed.hasMatchedOption("--follow-outside"),
                stdinName);
    }

    static Optional<String> text(ParseResult parsed, String option) {
        return Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
    }

    static String choice(ParseResult parsed, String option, List<String> words, String otherwise) {
        return Choices.check(option, parsed.matchedOptionValue(option, otherwise), words);
    }

    private static Optional<MigrationSource> tool(ParseResult parsed) {
        List<String> tools = new ArrayList<>(List.of(AUTO));
        tools.addAll(MigrationSources.tools());
        return MigrationSources.named(choice(parsed, "--tool", tools, AUTO));
    }

    static List<PgVersion> versions(ParseResult parsed) {
        return text(parsed, "--pg-version").map(LintOptions::version).orElse(PgVersion.ALL);
    }

    private static List<PgVersion> version(String typed) {
        return PgVersion.ALL.stream()
                .filter(version -> version.toString().equals(typed))
                .findFirst()
                .map(List::of)
                .orElseThrow(() ->
                        new UserError("--pg-version takes a major version from 14 to 18, not " + Printable.of(typed)));
    }

    private static RuleLevels levels(ParseResult parsed, RuleCatalogue rules) {
        Map<String, Optional<Severity>> levels = new HashMap<>();
        for (String setting : parsed.matchedOptionValue("--rule", List.<String>of())) {
            int equals = setting.lastIndexOf('=');
            if (equals < 0) {
                throw new UserError("--rule takes ID=LEVEL, not " + Printable.of(setting));
            }
            String id = rules.named(setting.substring(0, equals)).info().id();
            String level = Choices.check("--rule " + id, setting.substring(equals + 1), Choices.LEVELS);
            levels.put(id, level(level));
        }
        return new RuleLevels(levels);
    }

    /** Empty for {@code never} and {@code off}. */
    private static Optional<Severity> level(String word) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.label().equals(word))
                .findFirst();
    }
}
