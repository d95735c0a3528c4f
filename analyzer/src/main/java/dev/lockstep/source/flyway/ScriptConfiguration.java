package dev.lockstep.source.flyway;

import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** A script's own settings, in {@code V1__name.sql.conf} beside it. */
final class ScriptConfiguration {

    private ScriptConfiguration() {}

    static Optional<Boolean> executeInTransaction(SourceText configuration) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(configuration.content()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Optional.ofNullable(properties.getProperty("executeInTransaction"))
                .map(value -> Boolean.parseBoolean(value.strip()));
    }
}
