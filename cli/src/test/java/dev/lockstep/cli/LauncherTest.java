package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a stand-in for Java that prints what it is called with. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final Path LAUNCHER = Path.of(System.getProperty("basedir", ""), "..", "lockstep")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    private record Outcome(int code, String output) {}

    private Outcome run(Path launcher, Path javaHome, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("JAVA_HOME", javaHome.toString()));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private Path java(String version) throws IOException {
        Path home = directory.resolve("java-" + version);
        Files.createDirectories(home.resolve("bin"));
        Path java = home.resolve("bin/java");
        Files.writeString(java, "#!/bin/sh\nfor a; do echo \"$a\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** A checkout that is built already: the launcher, a jar, and no sources newer than it. */
    private Path built() throws IOException {
        Path checkout = Files.createDirectories(directory.resolve("a checkout"));
        Path launcher = Files.copy(LAUNCHER, checkout.resolve("lockstep"));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(checkout.resolve("cli/target"));
        Files.writeString(checkout.resolve("cli/target/lockstep.jar"), "");
        return launcher;
    }

    @Test
    void passesItsArgumentsOnThroughALink() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), built());

        Outcome outcome = run(link, java("17.0.1"), "lint", "a file.sql");

        assertThat(outcome.output().lines())
                .containsSubsequence(
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        directory
                                .toRealPath()
                                .resolve("a checkout/cli/target/lockstep.jar")
                                .toString(),
                        "lint",
                        "a file.sql");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void saysWhenJavaIsMissingOrTooOld() throws IOException, InterruptedException {
        Path launcher = built();

        Outcome missing = run(launcher, directory.resolve("nowhere"));
        Outcome old = run(launcher, java("11.0.2"));
        Outcome ancient = run(launcher, java("1.8.0_392"));

        assertThat(missing.output())
                .endsWith("but there is no bin/java in it\n")
                .hasLineCount(1);
        assertThat(old.output())
                .startsWith("lockstep: Java 17 or later is needed; ")
                .hasLineCount(1);
        assertThat(ancient.output()).endsWith(" is 1.8.0_392\n").hasLineCount(1);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(old.code()).isEqualTo(2);
        assertThat(ancient.code()).isEqualTo(2);
    }
}
