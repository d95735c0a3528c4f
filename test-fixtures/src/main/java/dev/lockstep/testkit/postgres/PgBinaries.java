package dev.lockstep.testkit.postgres;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** The PostgreSQL builds this module's build left in its target folder, one jar for each major version. */
record PgBinaries(Path directory, String platform) {

    static PgBinaries ofBuild() {
        Properties properties = new Properties();
        try (InputStream input = PgBinaries.class.getResourceAsStream("binaries.properties")) {
            if (input == null) {
                throw new IllegalStateException("binaries.properties is missing from the test kit");
            }
            properties.load(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PgBinaries(Path.of(property(properties, "directory")), property(properties, "platform"));
    }

    private static String property(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("binaries.properties has no " + name);
        }
        return value;
    }

    /** Why {@code major} can't run here, or empty when it can. */
    Optional<String> obstacle(int major) {
        String here = thisPlatform();
        if (!here.equals(platform)) {
            return Optional.of("the build fetched PostgreSQL for " + platform + " but this machine is " + here
                    + "; build with -Dpostgres.platform=" + here);
        }
        if (!Files.isRegularFile(jar(major))) {
            return Optional.of("no PostgreSQL " + major + " at " + jar(major));
        }
        return Optional.empty();
    }

    PgBinaryResolver resolver(int major) {
        return (system, machineHardware) -> archive(jar(major));
    }

    private Path jar(int major) {
        return directory.resolve("postgres-" + major + ".jar");
    }

    private static InputStream archive(Path jar) throws IOException {
        JarInputStream input = new JarInputStream(Files.newInputStream(jar));
        for (JarEntry entry = input.getNextJarEntry(); entry != null; entry = input.getNextJarEntry()) {
            if (entry.getName().endsWith(".txz")) {
                return input;
            }
        }
        input.close();
        throw new IOException("no PostgreSQL archive in " + jar);
    }

    private static String thisPlatform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String systemName = system.contains("mac") ? "darwin" : system.contains("windows") ? "windows" : system;
        String machineName = machine.equals("aarch64") ? "arm64v8" : machine.equals("x86_64") ? "amd64" : machine;
        return systemName + "-" + machineName;
    }
}
