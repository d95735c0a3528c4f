package dev.lockstep.cli;

import dev.lockstep.cli.files.Request;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.lock.PgVersion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What {@code verify} was asked to do.
 *
 * @param url the database; empty when a server is to be started
 * @param embedded the version to start; empty when there is a database
 */
record VerifyOptions(
        Request request,
        Optional<String> url,
        Optional<PgVersion> embedded,
        boolean allowNonempty,
        String format,
        Optional<String> output,
        String colour,
        boolean quiet) {

    static VerifyOptions of(ParseResult parsed) {
        Optional<String> url = LintOptions.text(parsed, "--url");
        Optional<PgVersion> embedded = LintOptions.text(parsed, "--embedded").map(VerifyOptions::version);
        if (url.isPresent() == embedded.isPresent()) {
            throw new UserError(
                    "verify needs a server to run on: --url jdbc:postgresql://host/database or --embedded VERSION"
                            + (url.isPresent() ? ", not both" : ""));
        }
        return new VerifyOptions(
                LintOptions.request(parsed),
                url,
                embedded,
                parsed.hasMatchedOption("--allow-nonempty"),
                LintOptions.choice(parsed, "--format", List.of("text", "json"), "text"),
                LintOptions.text(parsed, "--output"),
                LintOptions.choice(parsed, "--color", Choices.COLOURS, "auto"),
                parsed.hasMatchedOption("--quiet"));
    }

    private static PgVersion version(String typed) {
        return PgVersion.ALL.stream()
                .filter(version -> version.toString().equals(typed))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("--embedded takes a major version from 14 to 18, not " + Printable.of(typed)));
    }
}
