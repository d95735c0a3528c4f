package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.cli.user.Paragraph;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Related;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** For people: each finding with its source, then what the run amounts to. */
public final class TextReporter implements Reporter {

    private static final int WIDEST_PROSE = 100;

    private final Paint paint;
    private final int width;
    private final int proseWidth;
    private final boolean findingsOnly;
    private final boolean verbose;

    public TextReporter(Paint paint, int width, boolean findingsOnly, boolean verbose) {
        this.paint = paint;
        this.width = width;
        this.proseWidth = Math.min(width, WIDEST_PROSE);
        this.findingsOnly = findingsOnly;
        this.verbose = verbose;
    }

    @Override
    public void write(Report report, OutputStream out) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Finding finding : report.findings()) {
            show(finding, lines);
            lines.add("");
            flush(lines, out);
        }
        if (!findingsOnly) {
            summary(new Summary(report, verbose), lines);
            flush(lines, out);
        }
    }

    /** The coverage stays on one line, for those who look for it in a log. */
    private void summary(Summary summary, List<String> lines) {
        summary.remarks().forEach(line -> lines.addAll(Paragraph.wrap(line, proseWidth)));
        lines.add(summary.coverage());
    }

    private static void flush(List<String> lines, OutputStream out) throws IOException {
        for (String line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        lines.clear();
    }

    private void show(Finding finding, List<String> lines) {
        Role role = Role.of(finding.severity());
        lines.add(paint.as(Role.PLACE, Printable.of(finding.path()) + ":" + finding.start()) + ": "
                + paint.as(role, finding.severity().label()) + " [" + finding.rule() + "]");
        Paragraph.wrap(Printable.onOneLine(finding.message()), proseWidth - 2).forEach(line -> lines.add("  " + line));
        lines.addAll(new Excerpt(finding.source(), width, paint, role).lines(finding.span()));
        for (Related related : finding.related()) {
            hanging("see: ", Role.NOTE, place(related) + ": " + related.message(), lines);
        }
        if (!finding.advice().isBlank()) {
            hanging("help: ", Role.HELP, finding.advice(), lines);
        }
    }

    private static String place(Related related) {
        return related.source().path() + ":"
                + related.source().position(related.span().start());
    }

    private void hanging(String label, Role role, String text, List<String> lines) {
        String indent = " ".repeat(label.length());
        List<String> wrapped = Paragraph.wrap(text, proseWidth - 2 - label.length());
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add("  " + (i == 0 ? paint.as(role, label.strip()) + " " : indent) + wrapped.get(i));
        }
    }
}
