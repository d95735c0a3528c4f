package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.finding.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** One line a finding, as compilers write them and editors read them: {@code path:line:col: level: message [rule]}. */
public final class GccReporter implements Reporter {

    private final UnaryOperator<String> path;

    /** @param path turns shown paths into those to write */
    public GccReporter(UnaryOperator<String> path) {
        this.path = path;
    }

    @Override
    public void write(Report report, OutputStream out) throws IOException {
        for (Finding finding : report.findings()) {
            out.write((line(finding) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String line(Finding finding) {
        return Printable.of(path.apply(finding.path())) + ":" + finding.start() + ": "
                + finding.severity().label() + ": "
                + Printable.onOneLine(finding.message()) + " [" + finding.rule() + "]";
    }
}
