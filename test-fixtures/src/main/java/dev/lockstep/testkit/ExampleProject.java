package dev.lockstep.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Java project with migrations, of Flyway where nothing else is said. The unsafe and the safe one of a pair start from the same {@code V1} and end
 * with the same view of the same data.
 */
public enum ExampleProject {
    SHOP_UNSAFE("shop/unsafe"),
    SHOP_SAFE("shop/safe"),
    CRM_UNSAFE("crm/unsafe"),
    CRM_SAFE("crm/safe"),
    /** Liquibase's formats and traps, all that it runs without a database to ask. */
    LIQUIBASE("liquibase");

    /** Where a project keeps its migrations. */
    public static final String MIGRATIONS = "src/main/resources/db/migration";

    private final String name;

    ExampleProject(String name) {
        this.name = name;
    }

    /** Writes the project's files into the directory, which must exist. */
    public void copyTo(Path directory) {
        copy(name, directory);
    }

    /**
     * Writes the files of any of the projects into the directory, which must exist.
     *
     * @param name its path below {@code projects}, such as {@code tools/goose/safe}
     */
    public static void copy(String name, Path directory) {
        read("projects/" + name, source -> {
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = directory.resolve(source.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        });
    }

    /** SQL that fills the tables of {@code V1}. */
    public String seed() {
        StringBuilder seed = new StringBuilder();
        read(
                "projects/" + name.substring(0, name.indexOf('/')) + "/seed.sql",
                file -> seed.append(Files.readString(file)));
        return seed.toString();
    }

    private interface Reader {
        void accept(Path path) throws IOException;
    }

    private static void read(String resource, Reader reader) {
        try {
            URI location = resource(resource);
            if (!location.getScheme().equals("jar")) {
                reader.accept(Path.of(location));
                return;
            }
            try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
                reader.accept(jar.getPath("/" + resource));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI resource(String name) {
        URL url = ExampleProject.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalStateException("/" + name + " is not on the class path");
        }
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
