package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
    void usesAnArchiveOfClassesThatIsNewerThanTheJar() throws IOException, InterruptedException {
        Path launcher = built();
        Path target = launcher.resolveSibling("cli/target").toRealPath();
        Path archive = Files.createDirectories(target.resolve("cds")).resolve("17.0.1.jsa");
        String flag = "-XX:SharedArchiveFile=" + archive;

        assertThat(run(launcher, java("17.0.1")).output()).doesNotContain(flag);

        Files.writeString(archive, "");
        Files.setLastModifiedTime(
                archive,
                FileTime.from(Files.getLastModifiedTime(target.resolve("lockstep.jar"))
                        .toInstant()
                        .plusSeconds(9)));
        assertThat(run(launcher, java("17.0.1")).output().lines()).contains(flag);
        assertThat(run(launcher, java("21.0.2")).output()).doesNotContain(flag);

        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        assertThat(run(launcher, java("17.0.1")).output()).doesNotContain(flag);
    }

    @Test
    void makesTheArchiveInTheBackground() throws IOException, InterruptedException {
        Path launcher = built();
        Path checkout = launcher.resolveSibling(".").toRealPath();
        Files.createDirectories(checkout.resolve("test-fixtures/projects/shop/unsafe"));
        Path home = java("17.0.1");
        Files.writeString(home.resolve("bin/java"), """
                #!/bin/sh
                for a; do
                    case $a in
                        -XX:DumpLoadedClassList=*) echo x > "${a#*=}"; exit 1 ;;
                        -XX:SharedArchiveFile=*) echo x > "${a#*=}" ;;
                    esac
                done
                """);

        assertThat(run(launcher, home).output()).isEmpty();

        Path archive = checkout.resolve("cli/target/cds/17.0.1.jsa");
        await(() -> Files.exists(archive) && Files.notExists(checkout.resolve("cli/target/cds/17.0.1.jsa.making")));
        try (Stream<Path> files = Files.list(archive.getParent())) {
            assertThat(files).containsExactly(archive);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
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
