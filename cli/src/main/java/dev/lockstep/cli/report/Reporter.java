package dev.lockstep.cli.report;

import java.io.IOException;
import java.io.OutputStream;

/** One report format. */
@FunctionalInterface
public interface Reporter {

    void write(Report report, OutputStream out) throws IOException;
}
