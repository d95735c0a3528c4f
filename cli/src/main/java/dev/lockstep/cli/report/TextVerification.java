package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.cli.user.Paragraph;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.observe.Difference;
import dev.lockstep.observe.Difference.Aspect;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.verify.MigrationResult;
import dev.lockstep.verify.MigrationResult.Outcome;
import dev.lockstep.verify.Phase;
import dev.lockstep.verify.StatementCheck;
import dev.lockstep.verify.StatementCheck.Verdict;
import dev.lockstep.verify.UndoCheck;
import dev.lockstep.verify.VerifyReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What verification showed, for a terminal: what is not as predicted, file by file, and how much is. */
public final class TextVerification {

    private static final String INDENT = "      ";
    private static final int PREDICTED = 23;
    private static final int OBSERVED = 23;

    private final Paint paint;
    private final int width;
    private final String tool;
    private final int subjectWidth;

    public TextVerification(Paint paint, int width, String tool) {
        this.paint = paint;
        this.width = Math.max(width, 80);
        this.tool = tool;
        this.subjectWidth = this.width - INDENT.length() - PREDICTED - OBSERVED;
    }

    public void write(VerifyReport report, OutputStream out) throws IOException {
        List<String> lines = new ArrayList<>();
        report.migrations().forEach(migration -> show(migration, lines));
        report.undo().forEach(undo -> show(undo, lines));
        stops(report, lines);
        lines.addAll(Paragraph.wrap("PostgreSQL " + report.version() + ": " + report.accuracy(), width));
        for (String line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void show(MigrationResult result, List<String> lines) {
        List<StatementCheck> inexact = result.statements().stream()
                .filter(check -> check.verdict() != Verdict.EXACT)
                .toList();
        if (inexact.isEmpty()
                && result.outcome() == Outcome.APPLIED
                && result.skipped().isEmpty()) {
            return;
        }
        String pass =
                result.phase() == Phase.FORWARD ? "" : " (" + result.phase().label() + ")";
        lines.add(paint.as(Role.PLACE, Printable.of(result.migration().source().path())) + pass);
        result.skipped()
                .forEach(skipped ->
                        indented(skipped.position() + ": " + skipped.what() + " was skipped; it is no SQL", lines));
        inexact.forEach(check -> show(check, lines));
        result.reason().ifPresent(reason -> indented(ending(result) + reason, lines));
        lines.add("");
    }

    private String ending(MigrationResult result) {
        return switch (result.outcome()) {
            case APPLIED -> "";
            case FAILED -> "fails" + (isPredicted(result) ? ", as predicted, at " : " at ");
            case REFUSED -> tool + " refuses this file: ";
            case IMPOSSIBLE -> "can't be run: ";
        };
    }

    private static boolean isPredicted(MigrationResult result) {
        return result.statements().stream()
                .anyMatch(check -> check.observed().failure().isPresent() && check.verdict() == Verdict.EXACT);
    }

    private void show(StatementCheck check, List<String> lines) {
        String line =
                String.valueOf(check.source().position(check.span().start()).line());
        String head = check.sql().lines().findFirst().orElse("");
        lines.add(" ".repeat(Math.max(0, 4 - line.length())) + line + "  "
                + Printable.cut(Printable.of(head), width - INDENT.length()));
        if (check.verdict() == Verdict.UNKNOWN) {
            indented("unknown to the model; it " + seen(check), lines);
            return;
        }
        lines.add(row("", "predicted", "observed"));
        check.differences().forEach(difference -> show(difference, lines));
    }

    private static String seen(StatementCheck check) {
        if (check.observed().failure().isPresent()) {
            return "fails with " + check.observed().failure().get().sqlState();
        }
        String locks = check.observed().locks().stream()
                .filter(lock -> lock.kind() != 'i')
                .map(TextVerification::words)
                .collect(Collectors.joining(", "));
        return locks.isEmpty() ? "takes no new lock" : "takes " + locks;
    }

    private static String words(ObservedLock lock) {
        return lock.mode().sql() + " on " + relation(lock.relation());
    }

    private void show(Difference difference, List<String> lines) {
        if (difference.aspect() == Aspect.FAILURE || difference.aspect() == Aspect.TRANSACTION) {
            indented("predicted: " + difference.predicted(), lines);
            indented("observed: " + difference.observed(), lines);
            return;
        }
        String subject = Printable.of(relation(difference.relation().orElse("")));
        boolean tooLong = Printable.width(subject) >= subjectWidth;
        if (tooLong) {
            lines.add(INDENT + subject);
        }
        lines.add(row(tooLong ? "" : subject, difference.predicted(), difference.observed()));
    }

    /** Without the schema where it is {@code public}, as most people write it. */
    private static String relation(String name) {
        return name.startsWith("public.") ? name.substring("public.".length()) : name;
    }

    private String row(String subject, String predicted, String observed) {
        return (INDENT + Printable.pad(subject, subjectWidth) + Printable.pad(predicted, PREDICTED) + observed)
                .stripTrailing();
    }

    private void show(UndoCheck undo, List<String> lines) {
        String path = paint.as(Role.PLACE, Printable.of(undo.undo().source().path()));
        if (undo.restores()) {
            lines.add(path + " restores the schema");
        } else {
            lines.add(path + " does not restore the schema");
            undo.missing().forEach(definition -> indented("missing: " + definition, lines));
            undo.left().forEach(definition -> indented("left behind: " + definition, lines));
        }
        lines.add("");
    }

    private void stops(VerifyReport report, List<String> lines) {
        report.migrations().stream()
                .filter(result -> result.outcome() != Outcome.APPLIED)
                .findFirst()
                .ifPresent(result -> lines.addAll(Paragraph.wrap(
                        tool + " stops at " + result.migration().source().path()
                                + "; later files were run all the same, as if it had not been there.",
                        width)));
    }

    private void indented(String text, List<String> lines) {
        Paragraph.wrap(text, width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    }
}
