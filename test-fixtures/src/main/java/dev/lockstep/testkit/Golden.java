package dev.lockstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs kept as files in a module's {@code src/test/resources/golden}. {@code -Dgolden.update=true} writes them anew, except where
 * the environment variable {@code CI} is {@code true}.
 */
public final class Golden {

    private final Path directory;
    private final boolean update;
    private final boolean mayUpdate;

    Golden(Path directory, boolean update, boolean mayUpdate) {
        this.directory = directory;
        this.update = update;
        this.mayUpdate = mayUpdate;
    }

    /**
     * Fails unless the module's golden file holds exactly this text.
     *
     * @param name the file's path below {@code golden}
     */
    public static void check(String name, String actual) {
        new Golden(
                        TestedModule.directory().resolve("src/test/resources/golden"),
                        Boolean.getBoolean("golden.update"),
                        !ContinuousIntegration.isOn())
                .compare(name, actual);
    }

    /**
     * Fails unless a document of the project holds exactly this text; it is rewritten as golden files are.
     *
     * @param file its path from the project's root, such as {@code docs/rules.md}
     */
    public static void checkDocument(String file, String actual) {
        new Golden(
                        TestedModule.directory().resolveSibling("."),
                        Boolean.getBoolean("golden.update"),
                        !ContinuousIntegration.isOn())
                .compare(file, actual);
    }

    void compare(String name, String actual) {
        Path file = directory.resolve(name);
        try {
            if (update) {
                rewrite(file, actual);
                return;
            }
            assertThat(file)
                    .as("golden file %s, which -Dgolden.update=true writes", name)
                    .isRegularFile();
            assertThat(actual)
                    .as("golden file %s; if the new text is right, run with -Dgolden.update=true", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void rewrite(Path file, String actual) throws IOException {
        if (!mayUpdate) {
            throw new AssertionError("golden files are not rewritten where CI is true");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
    }
}
