package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.report.ExplanationReporter;
import dev.lockstep.cli.report.JsonExplanation;
import dev.lockstep.cli.report.MarkdownExplanation;
import dev.lockstep.cli.report.TextExplanation;
import dev.lockstep.engine.Explainer;
import dev.lockstep.engine.Explanation;
import dev.lockstep.parse.ScriptParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** {@code lockstep explain}. */
final class ExplainCommand {

    private final Console console;
    private final ExplainOptions options;

    ExplainCommand(Console console, ExplainOptions options) {
        this.console = console;
        this.options = options;
    }

    int run() throws IOException {
        Optional<Opening> opening = Opening.of(console, options.common());
        return opening.isPresent() ? run(opening.get()) : ExitCode.USAGE;
    }

    private int run(Opening opening) throws IOException {
        try (Boundary boundary = Boundary.of(options.since(), opening.histories())) {
            opening.target().write(out -> explain(opening, boundary, out));
        }
        return opening.hasProblems() ? ExitCode.USAGE : ExitCode.OK;
    }

    private void explain(Opening opening, Boundary boundary, OutputStream out) throws IOException {
        Explainer explainer = new Explainer(ScriptParser.create());
        try (ExplanationReporter reporter = reporter(out)) {
            for (History history : opening.histories()) {
                explainer.explain(
                        opening.deploys(boundary, history),
                        options.versions(),
                        explanation -> write(reporter, explanation, history));
            }
        }
    }

    private static void write(ExplanationReporter reporter, Explanation explanation, History history) {
        try {
            reporter.write(explanation, history.tool().runner());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private ExplanationReporter reporter(OutputStream out) throws IOException {
        return switch (options.common().format()) {
            case "json" -> new JsonExplanation(out);
            case "markdown" -> new MarkdownExplanation(out);
            default ->
                new TextExplanation(
                        out,
                        options.common().paint(console.environment()),
                        console.environment().width());
        };
    }
}
