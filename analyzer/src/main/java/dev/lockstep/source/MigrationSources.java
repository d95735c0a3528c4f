package dev.lockstep.source;

import dev.lockstep.source.flyway.FlywaySource;
import dev.lockstep.source.plain.PlainSource;
import java.util.List;
import java.util.Optional;

/** The migration tools we know. */
public final class MigrationSources {

    private static final MigrationSource PLAIN = new PlainSource();

    private static final List<MigrationSource> ALL = List.of(new FlywaySource(), PLAIN);

    private MigrationSources() {}

    /** The names that {@code --tool} takes, besides {@code auto}. */
    public static List<String> tools() {
        return ALL.stream().map(MigrationSource::tool).toList();
    }

    public static Optional<MigrationSource> named(String tool) {
        return ALL.stream().filter(source -> source.tool().equals(tool)).findFirst();
    }

    /** The first tool whose marks the files bear; plain SQL when none is. */
    public static MigrationSource detect(List<ScriptFile> files) {
        return ALL.stream()
                .filter(source -> source.recognises(files))
                .findFirst()
                .orElse(PLAIN);
    }
}
