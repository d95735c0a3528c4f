package dev.lockstep.source;

import dev.lockstep.text.SourceText;
import java.util.Optional;

/**
 * A file that may be a migration.
 *
 * @param configuration the tool's side file of settings for this script alone, such as Flyway's {@code V1__x.sql.conf}
 */
public record ScriptFile(SourceText text, Optional<SourceText> configuration) {

    /** The last part of the path. */
    public String name() {
        String path = text.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
