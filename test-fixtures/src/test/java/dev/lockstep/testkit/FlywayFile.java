package dev.lockstep.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A migration as Flyway would run it; repeatable ones come last, with the highest of versions. */
public record FlywayFile(String name, int version, String sql, boolean transactional) {

    private static final Pattern NAME = Pattern.compile("(?:V(\\d+)|R)__\\w+\\.sql");

    private static final Pattern RUNS_WITHOUT_TRANSACTION =
            Pattern.compile("\\s*(?:(?:CREATE (?:UNIQUE )?|DROP )INDEX CONCURRENTLY|VACUUM)\\b[^;]*;\\s*");

    public static List<FlywayFile> in(Path directory) throws IOException {
        List<FlywayFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path :
                    paths.filter(path -> path.toString().endsWith(".sql")).toList()) {
                files.add(read(path));
            }
        }
        files.sort(Comparator.comparingInt(FlywayFile::version));
        return List.copyOf(files);
    }

    private static FlywayFile read(Path path) throws IOException {
        String name = path.getFileName().toString();
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a Flyway name: " + path);
        }
        int version = matcher.group(1) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(1));
        String sql = Files.readString(path);
        return new FlywayFile(name, version, sql, transactional(path, sql));
    }

    private static boolean transactional(Path path, String sql) throws IOException {
        Path sideFile = path.resolveSibling(path.getFileName() + ".conf");
        if (Files.exists(sideFile)) {
            return !Files.readString(sideFile).contains("executeInTransaction=false");
        }
        String withoutComments = sql.replaceAll("(?m)--.*$", "");
        return !RUNS_WITHOUT_TRANSACTION.matcher(withoutComments).matches();
    }

    public void run(Connection connection) throws SQLException {
        connection.setAutoCommit(!transactional);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (transactional) {
                connection.commit();
            }
        } catch (SQLException e) {
            if (transactional) {
                connection.rollback();
            }
            throw e;
        }
    }
}
