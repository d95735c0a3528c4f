package dev.lockstep.cli;

import dev.lockstep.cli.files.Request;
import dev.lockstep.lock.PgVersion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What {@code explain} was asked to do. */
record ExplainOptions(
        Request request,
        List<PgVersion> versions,
        Optional<String> since,
        String format,
        Optional<String> output,
        String colour,
        boolean quiet) {

    static ExplainOptions of(ParseResult parsed) {
        return new ExplainOptions(
                LintOptions.request(parsed),
                LintOptions.versions(parsed),
                LintOptions.text(parsed, "--since"),
                LintOptions.choice(parsed, "--format", Choices.EXPLANATION_FORMATS, "text"),
                LintOptions.text(parsed, "--output"),
                LintOptions.choice(parsed, "--color", Choices.COLOURS, "auto"),
                parsed.hasMatchedOption("--quiet"));
    }
}
