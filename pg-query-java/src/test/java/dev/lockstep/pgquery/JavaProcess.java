package dev.lockstep.pgquery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM of its own, for what happens once a process. */
final class JavaProcess {
    record Result(int exitCode, String output, String errors) {}

    private final List<String> options = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED"));
    private final Map<String, String> environment;
    private final String classPath;

    JavaProcess(Path cacheHome, String classPath, String... options) {
        this.environment = Map.of("XDG_CACHE_HOME", cacheHome.toString());
        this.classPath = classPath;
        this.options.addAll(List.of(options));
    }

    static JavaProcess withTestClasses(Path cacheHome, String... options) {
        return new JavaProcess(cacheHome, System.getProperty("java.class.path"), options);
    }

    Result run(String mainClass) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        try {
            var errors = Files.createTempFile("pg-query-test-", ".err");
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var exitCode = process.waitFor();
            var result = new Result(exitCode, output, Files.readString(errors));
            Files.delete(errors);
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }
}
