package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.files.Selection;
import dev.lockstep.cli.report.Report;
import dev.lockstep.cli.report.Report.Assumption;
import dev.lockstep.cli.report.Reporter;
import dev.lockstep.cli.report.Summary;
import dev.lockstep.engine.AnalysisRequest;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.engine.Analyzer;
import dev.lockstep.parse.ScriptParser;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code lockstep lint}. */
final class LintCommand {

    private final Console console;
    private final RuleCatalogue rules;
    private final LintOptions options;

    LintCommand(Console console, RuleCatalogue rules, LintOptions options) {
        this.console = console;
        this.rules = rules;
        this.options = options;
    }

    int run() throws IOException {
        ReportFile target = ReportFile.of(options.output(), console);
        Selection selection = console.find(options.request());
        if (selection.histories().isEmpty()) {
            if (selection.problems().isEmpty()) {
                console.say("nothing was linted");
            }
            return ExitCode.USAGE;
        }
        announceTools(selection.histories());
        try (Boundary boundary = Boundary.of(options.since(), selection.histories())) {
            return lint(selection, boundary, target);
        }
    }

    private int lint(Selection selection, Boundary boundary, ReportFile target) throws IOException {
        List<AnalysisRequest> requests = selection.histories().stream()
                .map(history -> new AnalysisRequest(
                        boundary.deploys(history),
                        boundary.texts(history),
                        history.lost(),
                        options.versions(),
                        options.levels().on(rules.rules())))
                .toList();
        AnalysisResult result = levelled(new Analyzer(ScriptParser.create()).analyze(requests));
        Report report = report(selection.histories(), boundary.told(requests), result);
        Reporter reporter = new Reporters(console, options, rules, selection.histories()).reporter();
        target.write(out -> reporter.write(report, out));
        if (!options.quiet() && (!options.format().equals("text") || !target.isStandardOutput())) {
            new Summary(report, options.verbose()).lines().forEach(console::say);
        }
        result.failures().forEach(this::tell);
        return exitCode(selection, result);
    }

    private void announceTools(List<History> histories) {
        if (options.quiet()) {
            return;
        }
        histories.forEach(history -> history.announce(console::say));
    }

    private AnalysisResult levelled(AnalysisResult result) {
        return new AnalysisResult(
                result.findings().stream().map(options.levels()::apply).toList(),
                result.failures(),
                result.coverage(),
                result.deployedMarkers(),
                result.runs());
    }

    private Report report(List<History> histories, Optional<Report.Boundary> boundary, AnalysisResult result) {
        return new Report(
                result,
                rules.rules(),
                options.versions(),
                histories.stream()
                        .map(history ->
                                new Assumption(history.root(), history.tool().tool(), history.detected()))
                        .toList(),
                boundary,
                histories.stream()
                        .flatMap(history -> history.migrations().ignored().stream())
                        .toList());
    }

    private void tell(RuleFailure failure) {
        PrintStream err = console.err();
        console.say("a defect of the rule " + failure.rule() + ", at "
                + failure.place().source().path() + ":" + failure.place().start() + ":");
        failure.exception().printStackTrace(err);
    }

    private int exitCode(Selection selection, AnalysisResult result) {
        if (!result.failures().isEmpty()) {
            return ExitCode.DEFECT;
        }
        if (!selection.problems().isEmpty()) {
            return ExitCode.USAGE;
        }
        return options.threshold().isReachedBy(result.findings()) ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
