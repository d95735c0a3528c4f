package dev.lockstep.cli;

import dev.lockstep.cli.files.History;
import dev.lockstep.cli.report.Report;
import dev.lockstep.cli.report.Report.Assumption;
import dev.lockstep.cli.report.Reporter;
import dev.lockstep.cli.report.Summary;
import dev.lockstep.engine.AnalysisRequest;
import dev.lockstep.engine.AnalysisRequest.Silencing;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.engine.Analyzer;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.rule.RuleNames;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
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
        Optional<Opening> opening = Opening.of(console, options.common());
        return opening.isPresent() ? run(opening.get()) : ExitCode.USAGE;
    }

    private int run(Opening opening) throws IOException {
        try (Boundary boundary = Boundary.of(options.since(), opening.histories())) {
            return lint(opening, boundary);
        }
    }

    private int lint(Opening opening, Boundary boundary) throws IOException {
        Silencing silencing = new Silencing(new RuleNames(rules.rules()), LocalDate.now(ZoneId.systemDefault()));
        List<AnalysisRequest> requests = opening.histories().stream()
                .map(history -> new AnalysisRequest(
                        opening.deploys(boundary, history),
                        boundary.texts(history),
                        history.migrations(),
                        history.lost(),
                        options.versions(),
                        options.ruleChoice().on(rules.rules()),
                        options.ruleChoice().options(),
                        options.sizes(),
                        silencing))
                .toList();
        AnalysisResult result = levelled(new Analyzer(ScriptParser.create()).analyze(requests));
        Report report = report(opening.histories(), boundary.told(requests), result);
        Reporter reporter = new Reporters(console, options, rules, opening.histories()).reporter();
        opening.target().write(out -> reporter.write(report, out));
        CommonOptions common = options.common();
        if (!common.quiet()
                && (!common.format().equals("text") || !opening.target().isStandardOutput())) {
            new Summary(report, options.verbose()).lines().forEach(console::say);
        }
        result.failures().forEach(this::tell);
        return exitCode(opening, result);
    }

    private AnalysisResult levelled(AnalysisResult result) {
        return result.withFindings(
                result.findings().stream().map(options.ruleChoice()::apply).toList());
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

    private int exitCode(Opening opening, AnalysisResult result) {
        if (!result.failures().isEmpty()) {
            return ExitCode.DEFECT;
        }
        if (opening.hasProblems()) {
            return ExitCode.USAGE;
        }
        return options.threshold().isReachedBy(result.findings()) ? ExitCode.FINDINGS : ExitCode.OK;
    }
}
