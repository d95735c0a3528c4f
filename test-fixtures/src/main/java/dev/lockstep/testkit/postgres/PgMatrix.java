package dev.lockstep.testkit.postgres;

import dev.lockstep.testkit.ContinuousIntegration;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The servers of every supported major version, each started once a JVM, when first asked for. The system property
 * {@code pg} restricts them: {@code -Dpg=14,17}.
 */
public final class PgMatrix {

    private static final List<Integer> SUPPORTED = List.of(14, 15, 16, 17, 18);

    // Servers outlive test classes: starting one costs more than most tests.
    private static final PgMatrix OF_THIS_JVM = new PgMatrix(
            PgBinaries.ofBuild(),
            Optional.ofNullable(System.getProperty("pg")),
            ContinuousIntegration.isOn(),
            System.err);

    private final PgBinaries binaries;
    private final List<Integer> majors;
    private final boolean mustRun;
    private final PrintStream log;
    private final ConcurrentMap<Integer, PgServer> running = new ConcurrentHashMap<>();

    PgMatrix(PgBinaries binaries, Optional<String> chosen, boolean mustRun, PrintStream log) {
        this.binaries = binaries;
        this.majors = chosen.map(PgMatrix::parse).orElse(SUPPORTED);
        this.mustRun = mustRun;
        this.log = log;
    }

    /** The chosen major versions, ascending. */
    public static List<Integer> majors() {
        return OF_THIS_JVM.chosen();
    }

    /**
     * The server of a major version, started if need be. Where it can't run, the test is skipped, or fails when the
     * environment variable {@code CI} is {@code true}.
     */
    public static PgServer server(int major) {
        return OF_THIS_JVM.running(major);
    }

    /** All chosen servers, started in parallel. */
    public static Stream<PgServer> servers() {
        return OF_THIS_JVM.allRunning().stream();
    }

    List<Integer> chosen() {
        return majors;
    }

    List<PgServer> allRunning() {
        majors.forEach(this::require);
        return majors.parallelStream().map(this::running).toList();
    }

    PgServer running(int major) {
        require(major);
        return running.computeIfAbsent(major, version -> PgServer.start(version, binaries));
    }

    private void require(int major) {
        Optional<String> obstacle = binaries.obstacle(major);
        if (obstacle.isEmpty()) {
            return;
        }
        if (mustRun) {
            throw new AssertionError(obstacle.get());
        }
        log.println("SKIPPED, not proven on a real server: " + obstacle.get());
        throw new TestAbortedException(obstacle.get());
    }

    private static List<Integer> parse(String chosen) {
        return Arrays.stream(chosen.split(",", -1))
                .map(String::strip)
                .map(PgMatrix::major)
                .sorted()
                .distinct()
                .toList();
    }

    private static int major(String text) {
        return SUPPORTED.stream()
                .filter(major -> major.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Dpg=" + text + ": choose from " + SUPPORTED));
    }
}
