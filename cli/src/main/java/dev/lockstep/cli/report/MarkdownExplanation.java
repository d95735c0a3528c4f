package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.engine.Explanation;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.lock.RelationLock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Explanations for a pull request or a wiki: a table for each transaction. */
public final class MarkdownExplanation implements ExplanationReporter {

    private final OutputStream out;

    public MarkdownExplanation(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(Explanation explanation, String tool) throws IOException {
        ExplanationWords words = new ExplanationWords(explanation, tool);
        StringBuilder text = new StringBuilder("## ")
                .append(code(Printable.of(explanation.script().source().path())))
                .append("\n\n");
        explanation
                .refusal()
                .ifPresent(refusal -> text.append(tool)
                        .append(" refuses this file: ")
                        .append(escaped(refusal.reason()))
                        .append(".\n\n"));
        for (ExplainedTransaction transaction : explanation.transactions()) {
            if (transaction.statements().isEmpty()) {
                continue;
            }
            text.append(capitalised(words.transaction(transaction))).append(".\n\n");
            text.append("| line | statement | relation | lock | what waits | work | remarks |\n");
            text.append("|---:|---|---|---|---|---|---|\n");
            transaction.statements().forEach(statement -> rows(statement, words, text));
            text.append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void rows(ExplainedStatement statement, ExplanationWords words, StringBuilder text) {
        String first = "| " + words.line(statement) + " | " + code(words.statement(statement)) + " | ";
        String remarks = escaped(String.join("; ", words.remarks(statement)));
        if (statement.footprint().locks().isEmpty()) {
            text.append(first).append("| | | | ").append(remarks).append(" |\n");
        }
        for (RelationLock lock : statement.footprint().locks()) {
            text.append(first)
                    .append(code(Printable.of(lock.relation().toString())))
                    .append(" | ")
                    .append(lock.mode().sql())
                    .append(" | ")
                    .append(ExplanationWords.blocked(statement, lock))
                    .append(" | ")
                    .append(lock.work().words())
                    .append(" | ")
                    .append(remarks)
                    .append(" |\n");
            first = "| | | ";
            remarks = "";
        }
    }

    private static String capitalised(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** A code span inside a table: as many backticks as the text needs, and no bare pipe. */
    private static String code(String text) {
        String fence = "`";
        while (text.contains(fence)) {
            fence += "`";
        }
        String blank = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + blank + text.replace("|", "\\|") + blank + fence;
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\|<>*_`\\[\\]])", "\\\\$1");
    }

    @Override
    public void close() {}
}
