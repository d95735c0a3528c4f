package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.lock.PgVersion;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What {@code verify} was asked to do.
 *
 * @param url the database; empty when a server is to be started
 * @param embedded the version to start; empty when there is a database
 */
record VerifyOptions(CommonOptions common, Optional<String> url, Optional<PgVersion> embedded, boolean allowNonempty) {

    static VerifyOptions of(ParseResult parsed) {
        Optional<String> url = CommonOptions.text(parsed, "--url");
        Optional<PgVersion> embedded = CommonOptions.text(parsed, "--embedded").map(VerifyOptions::version);
        if (url.isPresent() == embedded.isPresent()) {
            throw new UserError(
                    "verify needs a server to run on: --url jdbc:postgresql://host/database or --embedded VERSION"
                            + (url.isPresent() ? ", not both" : ""));
        }
        CommonOptions common = CommonOptions.of(parsed, Choices.VERIFICATION_FORMATS);
        boolean allowNonempty = parsed.hasMatchedOption("--allow-nonempty");
        if (allowNonempty && common.schema().isPresent()) {
            throw new UserError("--schema fills an empty database; --allow-nonempty excludes it");
        }
        return new VerifyOptions(common, url, embedded, allowNonempty);
    }

    private static PgVersion version(String typed) {
        return PgVersion.ALL.stream()
                .filter(version -> version.toString().equals(typed))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("--embedded takes a major version from 14 to 18, not " + Printable.of(typed)));
    }
}
