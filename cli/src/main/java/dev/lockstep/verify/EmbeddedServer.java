package dev.lockstep.verify;

import dev.lockstep.lock.PgVersion;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** A server started for one run, from the user's own copy of PostgreSQL; gone when closed or when the process is stopped. */
public final class EmbeddedServer implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "off",
            "synchronous_commit", "off",
            "full_page_writes", "off",
            "autovacuum", "off",
            "jit", "off",
            "TimeZone", "UTC");

    private final EmbeddedPostgres postgres;

    private EmbeddedServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts a server.
     *
     * @throws ScratchRefused if the local Maven repository has no such server; the message says how to fetch one
     */
    public static EmbeddedServer start(PgVersion version) {
        LocalRepository repository = LocalRepository.of(
                Path.of(System.getProperty("user.home", "")),
                Optional.ofNullable(System.getProperty("maven.repo.local")));
        Path jar = repository
                .server(version.major())
                .orElseThrow(() -> new ScratchRefused("no PostgreSQL " + version + " in " + repository.directory()
                        + "; fetch it with: " + LocalRepository.fetch(known(version))));
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, machine) -> archive(jar))
                    .setDataDirectory(Files.createTempDirectory("lockstep-verify-"))
                    .setCleanDataDirectory(true)
                    .setLocaleConfig("locale", "C")
                    .setOutputRedirector(Redirect.DISCARD)
                    .setErrorRedirector(Redirect.DISCARD)
                    .setPGStartupWait(Duration.ofSeconds(60));
            SETTINGS.forEach(builder::setServerConfig);
            return new EmbeddedServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL " + version + " did not start from " + jar, e);
        }
    }

    /** The build this version of Lockstep was tested with. */
    private static String known(PgVersion version) {
        Properties properties = new Properties();
        try (InputStream input = EmbeddedServer.class.getResourceAsStream("servers.properties")) {
            if (input == null) {
                throw new IllegalStateException("servers.properties is not on the class path");
            }
            properties.load(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(version.toString(), version + ".0.0");
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

    public String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
