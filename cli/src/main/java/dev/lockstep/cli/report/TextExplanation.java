package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.cli.user.Paragraph;
import dev.lockstep.cli.user.Printable;
import dev.lockstep.engine.Explanation;
import dev.lockstep.engine.Explanation.End;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.lock.RelationLock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Explanations for a terminal, one table a transaction. */
public final class TextExplanation implements ExplanationReporter {

    private static final int LINE = 6;
    private static final int MODE = 23;
    private static final int BLOCKED = 19;
    private static final int WORK = 11;

    private final OutputStream out;
    private final Paint paint;
    private final int width;
    private final int relationWidth;

    public TextExplanation(OutputStream out, Paint paint, int width) {
        this.out = out;
        this.paint = paint;
        this.width = Math.max(width, 80);
        this.relationWidth = this.width - LINE - MODE - BLOCKED - WORK - 1;
    }

    @Override
    public void write(Explanation explanation, String tool) throws IOException {
        ExplanationWords words = new ExplanationWords(explanation, tool);
        List<String> lines = new ArrayList<>();
        lines.add(
                paint.as(Role.PLACE, Printable.of(explanation.script().source().path())));
        explanation
                .refusal()
                .ifPresent(refusal ->
                        lines.addAll(Paragraph.wrap("  " + tool + " refuses this file: " + refusal.reason(), width)));
        boolean alone = false;
        for (ExplainedTransaction transaction : explanation.transactions()) {
            boolean goesOn = alone && transaction.end() == End.STATEMENT;
            if (!goesOn) {
                lines.add("");
                indented("", "  ", words.transaction(transaction), lines);
                lines.add(header());
            }
            transaction.statements().forEach(statement -> show(statement, words, lines));
            alone = transaction.end() == End.STATEMENT;
        }
        lines.add("");
        for (String line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String header() {
        return row("line  relation", "lock", "what waits", "work", LINE + relationWidth);
    }

    private String row(String relation, String mode, String blocked, String work, int firstWidth) {
        return (Printable.pad(relation, firstWidth)
                        + Printable.pad(mode, MODE)
                        + Printable.pad(blocked, BLOCKED)
                        + work)
                .stripTrailing();
    }

    private void show(ExplainedStatement statement, ExplanationWords words, List<String> lines) {
        String number = Printable.pad(
                " ".repeat(Math.max(0, 4 - String.valueOf(words.line(statement)).length())) + words.line(statement),
                LINE);
        lines.add(number + Printable.cut(words.statement(statement), width - LINE));
        for (RelationLock lock : statement.footprint().locks()) {
            String relation = Printable.of(lock.relation().toString());
            boolean tooLong = Printable.width(relation) >= relationWidth;
            if (tooLong) {
                lines.add(" ".repeat(LINE) + relation);
            }
            lines.add(" ".repeat(LINE)
                    + row(
                            tooLong ? "" : relation,
                            lock.mode().sql(),
                            ExplanationWords.blocked(statement, lock),
                            lock.work().words(),
                            relationWidth));
        }
        words.remarks(statement).forEach(remark -> indented(" ".repeat(LINE), "  ", remark, lines));
    }

    private void indented(String indent, String hanging, String text, List<String> lines) {
        List<String> wrapped = Paragraph.wrap(text, width - indent.length() - hanging.length());
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add(indent + (i == 0 ? "" : hanging) + wrapped.get(i));
        }
    }

    @Override
    public void close() {}
}
