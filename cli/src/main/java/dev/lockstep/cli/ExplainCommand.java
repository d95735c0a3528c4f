package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.files.Selection;
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

/** {@code lockstep explain}. */
final class ExplainCommand {

    private final Console console;
    private final ExplainOptions options;

    ExplainCommand(Console console, ExplainOptions options) {
        this.console = console;
        this.options = options;
    }

    int run() throws IOException {
        ReportFile target = ReportFile.of(options.output(), console);
        Selection selection = console.find(options.request());
        if (selection.histories().isEmpty()) {
            return ExitCode.USAGE;
        }
        if (!options.quiet()) {
            selection.histories().forEach(history -> history.announce(console::say));
        }
        try (Boundary boundary = Boundary.of(options.since(), selection.histories())) {
            target.write(out -> explain(selection, boundary, out));
        }
        return selection.problems().isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    private void explain(Selection selection, Boundary boundary, OutputStream out) throws IOException {
        Explainer explainer = new Explainer(ScriptParser.create());
        try (ExplanationReporter reporter = reporter(out)) {
            for (History history : selection.histories()) {
                explainer.explain(
                        boundary.deploys(history),
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
        return switch (options.format()) {
            case "json" -> new JsonExplanation(out);
            case "markdown" -> new MarkdownExplanation(out);
            default ->
                new TextExplanation(
                        out,
                        Reporters.paint(
                                console.environment(),
                                options.colour(),
                                options.output().isEmpty()),
                        console.environment().width());
        };
    }
}
