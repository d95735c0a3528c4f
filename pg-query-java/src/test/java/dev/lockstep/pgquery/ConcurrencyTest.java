package dev.lockstep.pgquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.pgquery.PgQuery.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConcurrencyTest {
    private static final int THREADS = 8;
    private static final long MEGABYTE = 1L << 20;

    @Test
    void manyThreadsGetTheirOwnAnswersAndNothingLeaks() throws Exception {
        var parser = Engines.open(Engine.NATIVE);
        useFromManyThreads(parser, 500);
        var pages = parser.memoryPages();
        var resident = residentBytes();
        useFromManyThreads(parser, 3_000);
        assertThat(parser.memoryPages()).isEqualTo(pages);
        assertThat(residentBytes() - resident).isLessThan(64 * MEGABYTE);
    }

    @Test
    void failuresLeakNothing() throws IOException {
        var parser = Engines.open(Engine.NATIVE);
        var tooDeep = Engines.utf8("SELECT 1" + " + 1".repeat(30_000));
        for (var i = 0; i < 50; i++) {
            assertThatExceptionOfType(PgQueryException.class).isThrownBy(() -> parser.parse(tooDeep));
        }
        var resident = residentBytes();
        for (var i = 0; i < 200; i++) {
            assertThatExceptionOfType(PgQueryException.class).isThrownBy(() -> parser.parse(tooDeep));
            assertThatExceptionOfType(PgQueryException.class).isThrownBy(() -> parser.normalize("SELECT FROM WHERE"));
        }
        assertThat(residentBytes() - resident).isLessThan(128 * MEGABYTE);
    }

    @Test
    void thePortableEngineTakesManyThreadsToo() throws Exception {
        useFromManyThreads(Engines.open(Engine.PORTABLE), 20);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerStopsWaitingAndStaysInterrupted(Engine engine) {
        var parser = Engines.open(engine);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> parser.parse("SELECT 1"));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            var cleared = Thread.interrupted();
            assertThat(cleared).isTrue();
        }
        assertThat(parser.parse("SELECT 1")).startsWith("{\"version\":");
    }

    private static void useFromManyThreads(PgQuery parser, int rounds) throws InterruptedException, ExecutionException {
        var executor = Executors.newFixedThreadPool(THREADS);
        try {
            var pending = new ArrayList<Future<?>>();
            for (var thread = 0; thread < THREADS; thread++) {
                var name = "column_" + thread;
                pending.add(executor.submit(() -> askForOwnName(parser, name, rounds)));
            }
            for (var future : pending) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void askForOwnName(PgQuery parser, String name, int rounds) {
        for (var round = 0; round < rounds; round++) {
            assertThat(parser.parse("ALTER TABLE orders ADD COLUMN " + name + " text"))
                    .contains("\"colname\":\"" + name + "\"");
            if (round % 10 == 0) {
                assertThatExceptionOfType(PgQueryException.class)
                        .isThrownBy(() -> parser.parse("SELECT FROM " + name + " WHERE WHERE"));
            }
        }
    }

    /** Linux tells; elsewhere the test has nothing to go by. */
    private static long residentBytes() throws IOException {
        var status = Path.of("/proc/self/status");
        assumeThat(status).exists();
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
