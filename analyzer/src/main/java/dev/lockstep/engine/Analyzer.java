package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.AnalysisResult.Coverage;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.Marker;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Related;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.Ending;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleInfo.Category;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs rules over a migration history. Thread-safe. */
public final class Analyzer {

    private final HistoryReplay history;
    private final LockModel locks = new LockModel();

    public Analyzer(SqlParser parser) {
        this.history = new HistoryReplay(parser);
    }

    public AnalysisResult analyze(AnalysisRequest request) {
        return analyze(List.of(request));
    }

    /** Several histories, each with a schema of its own, as one result. */
    public AnalysisResult analyze(List<AnalysisRequest> requests) {
        Tally tally = new Tally();
        requests.forEach(request -> new Run(request, tally).replay());
        return tally.result();
    }

    /** What has come of the analysis so far. */
    private static final class Tally {

        private final Fingerprints fingerprints = new Fingerprints();
        private final List<Finding> findings = new ArrayList<>();
        private final List<RuleFailure> failures = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final List<Marker> markers = new ArrayList<>();
        private int migrations;
        private int understood;
        private int statements;

        AnalysisResult result() {
            return new AnalysisResult(
                    findings, failures, new Coverage(migrations, understood, statements, gaps), markers);
        }

        void count(ParsedScript script, DeployedMarkers deployed) {
            List<NotUnderstood> missed = script.notUnderstood();
            migrations++;
            understood += missed.isEmpty() ? 1 : 0;
            Set<Span> opaque = missed.stream().map(NotUnderstood::span).collect(Collectors.toSet());
            long clear = script.statements().stream()
                    .filter(statement -> !opaque.contains(statement.span()))
                    .count();
            statements += (int) clear + missed.size();
            missed.forEach(what -> gaps.add(new Gap(script.source().origin(what.span()), what.what())));
            deployed.all().stream()
                    .filter(marker -> !marker.reason().isEmpty())
                    .forEach(marker -> markers.add(new Marker(script.source().origin(marker.span()), marker.reason())));
        }

        void count(Lost lost) {
            migrations++;
            statements++;
            gaps.add(new Gap(lost.place(), lost.what()));
        }
    }

    /** One history under way. */
    private final class Run {

        private final AnalysisRequest request;
        private final Tally tally;
        private final List<Pending> pending = new ArrayList<>();
        private final List<TransactionLocks> locksOfDeploy = new ArrayList<>();
        private int replayed;
        private int deploy = -1;
        private Catalog schemaDeployed;
        private Catalog schemaNow;

        Run(AnalysisRequest request, Tally tally) {
            this.request = request;
            this.tally = tally;
            this.schemaDeployed = request.deploys().seed();
            this.schemaNow = request.deploys().seed();
        }

        void replay() {
            history.replay(request.deploys(), this::judge);
            request.lost().forEach(tally::count);
            for (Pending finding : pending) {
                if (finding.stands().test(new Ending(schemaNow, replayed - finding.migration()))) {
                    tally.findings.add(finding.finding());
                }
            }
        }

        private void judge(ReplayedFile file) {
            replayed++;
            if (file.planned().deploy() != deploy) {
                deploy = file.planned().deploy();
                schemaDeployed = schemaNow;
                locksOfDeploy.clear();
            }
            schemaNow = file.after();
            switch (file.planned().judging()) {
                case FULL -> judgeFully(file);
                case HISTORY_ONLY -> judgeHistory(file.planned().migration(), file.script());
                case NOT -> {}
            }
        }

        private void judgeFully(ReplayedFile file) {
            DeployedMarkers deployed = new DeployedMarkers(file.script());
            MigrationContext inMigration = inMigration(file.planned().migration(), file.script(), deployed);
            List<Pending> found = new ArrayList<>();
            judgeWhole(inMigration, rule -> true, found);
            JudgedFile judged = new JudgedFile(file, inMigration, deployed, schemaDeployed, locksOfDeploy, locks);
            judged.statements().forEach(statement -> judge(statement, found));
            locksOfDeploy.addAll(judged.transactions());
            take(found);
            tally.count(file.script(), deployed);
        }

        private void judgeHistory(Migration migration, ParsedScript script) {
            List<Pending> found = new ArrayList<>();
            judgeWhole(
                    inMigration(migration, script, new DeployedMarkers(script)),
                    rule -> rule.info().category() == Category.HISTORY,
                    found);
            take(found);
        }

        private MigrationContext inMigration(Migration migration, ParsedScript script, DeployedMarkers deployed) {
            return new InMigration(
                    migration,
                    script,
                    request.versions(),
                    request.history().appliedText(migration),
                    deployed.all(),
                    request.options());
        }

        private void judgeWhole(MigrationContext inMigration, Predicate<Rule> asked, List<Pending> found) {
            for (Rule rule : request.rules()) {
                if (rule instanceof MigrationRule migrationRule && asked.test(rule)) {
                    guarded(
                            rule,
                            inMigration.script().source(),
                            0,
                            found,
                            report -> migrationRule.check(inMigration, report));
                }
            }
        }

        private void take(List<Pending> found) {
            found.sort(
                    Comparator.comparingInt(pending -> pending.finding().span().start()));
            pending.addAll(found);
        }

        private void judge(StatementContext judgement, List<Pending> found) {
            for (Rule rule : request.rules()) {
                if (rule instanceof StatementRule statementRule) {
                    guarded(
                            rule,
                            judgement.script().source(),
                            judgement.statement().span().start(),
                            found,
                            report -> statementRule.check(judgement, report));
                }
            }
        }

        private void guarded(Rule rule, SourceText source, int offset, List<Pending> found, Check check) {
            try {
                check.run((hit, stands) -> found.add(new Pending(finding(rule.info(), hit, source), stands, replayed)));
            } catch (RuntimeException defect) {
                Place place = source.origin(new Span(offset, offset));
                tally.failures.add(new RuleFailure(rule.info().id(), place, defect));
            }
        }

        private Finding finding(RuleInfo rule, Hit hit, SourceText source) {
            Place place = source.origin(hit.span());
            return new Finding(
                    rule.id(),
                    hit.cause().key(),
                    hit.cause().severity(),
                    hit.cause().message(hit.arguments()),
                    hit.cause().advice(hit.arguments()),
                    place.source(),
                    place.span(),
                    hit.related().stream().map(Related::atOrigin).toList(),
                    tally.fingerprints.of(rule.id(), hit, source));
        }
    }

    /**
     * A finding that the rest of the history may put right.
     *
     * @param migration how many had been replayed when it was found
     */
    private record Pending(Finding finding, Predicate<Ending> stands, int migration) {}

    /** A rule about to be asked. */
    @FunctionalInterface
    private interface Check {
        void run(Reporter report);
    }

    /** What rules see of a migration as a whole. */
    private record InMigration(
            Migration migration,
            ParsedScript script,
            List<PgVersion> versions,
            Optional<SourceText> appliedText,
            List<DeployedMarker> deployedMarkers,
            RuleOptions options)
            implements MigrationContext {

        @Override
        public <T> T option(RuleOption<T> option) {
            return options.get(option);
        }
    }
}
