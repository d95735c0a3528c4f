package dev.lockstep.cli;

import dev.lockstep.cli.files.Request;
import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.plain.PlainSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What every command that reads migrations is told.
 *
 * @param schema the file with the schema that the migrations start from
 */
record CommonOptions(
        Request request,
        Optional<String> schema,
        String format,
        Optional<String> output,
        String colour,
        boolean quiet) {

    private static final String AUTO = "auto";

    static CommonOptions of(ParseResult parsed, List<String> formats) {
        return new CommonOptions(
                request(parsed),
                text(parsed, "--schema"),
                choice(parsed, "--format", formats, "text"),
                text(parsed, "--output"),
                choice(parsed, "--color", Choices.COLOURS, AUTO),
                parsed.hasMatchedOption("--quiet"));
    }

    private static Request request(ParseResult parsed) {
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

    private static Optional<MigrationSource> tool(ParseResult parsed) {
        List<String> tools = new ArrayList<>(List.of(AUTO));
        tools.addAll(MigrationSources.tools());
        return MigrationSources.named(choice(parsed, "--tool", tools, AUTO));
    }

    static Optional<String> text(ParseResult parsed, String option) {
        return Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
    }

    static String choice(ParseResult parsed, String option, List<String> words, String otherwise) {
        return Choices.check(option, parsed.matchedOptionValue(option, otherwise), words);
    }

    Paint paint(Environment environment) {
        return paint(environment, colour, output.isEmpty());
    }

    static Paint paint(Environment environment, String colour, boolean toStandardOutput) {
        return switch (colour) {
            case "always" -> Paint.COLOURED;
            case "never" -> Paint.PLAIN;
            default ->
                environment.terminal() && toStandardOutput && !environment.wantsNoColour()
                        ? Paint.COLOURED
                        : Paint.PLAIN;
        };
    }
}
