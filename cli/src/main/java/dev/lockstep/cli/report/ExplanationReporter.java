package dev.lockstep.cli.report;

import dev.lockstep.engine.Explanation;
import java.io.IOException;
import java.io.OutputStream;

/** One format of explanations: told one migration after another. */
public interface ExplanationReporter extends AutoCloseable {

    /**
     * Makes the format's writer.
     */
    @FunctionalInterface
    interface Format {
        ExplanationReporter on(OutputStream out) throws IOException;
    }

    /** @param tool the migration tool that runs it */
    void write(Explanation explanation, String tool) throws IOException;

    @Override
    void close() throws IOException;
}
