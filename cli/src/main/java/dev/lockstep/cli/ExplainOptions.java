package dev.lockstep.cli;

import dev.lockstep.lock.PgVersion;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What {@code explain} was asked to do. */
record ExplainOptions(CommonOptions common, List<PgVersion> versions, Optional<String> since) {

    static ExplainOptions of(ParseResult parsed) {
        return new ExplainOptions(
                CommonOptions.of(parsed, Choices.EXPLANATION_FORMATS),
                LintOptions.versions(parsed),
                CommonOptions.text(parsed, "--since"));
    }
}
