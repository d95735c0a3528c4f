package dev.lockstep.lock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The samples of the rows, and more of the file beside this class: controls, and combinations. */
final class AllSamples {

    private AllSamples() {}

    static Collection<Sample> read() {
        Set<Sample> samples = new LinkedHashSet<>();
        LockTable.rows().forEach(row -> samples.addAll(row.samples()));
        samples.addAll(more());
        return samples;
    }

    /** Lines of {@code -- world}, each with the statements tried there below it. */
    static Collection<Sample> more() {
        Set<Sample> samples = new LinkedHashSet<>();
        Optional<World> world = Optional.empty();
        for (String line : text().split("\n", -1)) {
            if (line.startsWith("-- ")) {
                world = Optional.of(World.valueOf(line.substring(3).strip().toUpperCase(Locale.ROOT)));
            } else if (!line.isBlank()) {
                samples.add(new Sample(world.orElseThrow(), line.strip()));
            }
        }
        return samples;
    }

    private static String text() {
        try (InputStream input = AllSamples.class.getResourceAsStream("more-samples.sql")) {
            if (input == null) {
                throw new IllegalStateException("more-samples.sql is missing");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
