package dev.lockstep.pgquery;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread with a stack of its own, large enough for the deepest recursion the parser is allowed. */
final class ParserThread {
    private final ExecutorService executor;

    ParserThread(String name, long stackBytes) {
        executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(null, task, name, stackBytes, false);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the task on the thread and waits for it.
     *
     * @throws CancellationException if the calling thread is interrupted; it stays interrupted, and a task that has not
     *     begun is dropped
     */
    <T> T call(Callable<T> task) {
        // A task that is done at once would be waited for by nobody, and the interrupt go unnoticed.
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted before the parser was asked");
        }
        var future = executor.submit(task);
        try {
            return future.get();
        } catch (InterruptedException interruption) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            var cancellation = new CancellationException("interrupted while waiting for the parser");
            cancellation.initCause(interruption);
            throw cancellation;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the parser thread failed", failure.getCause());
        }
    }
}
