package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.AnalysisResult.Coverage;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.Marker;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.finding.Finding;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleInfo.Category;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Runs rules over a migration history. Thread-safe; files are parsed side by side and replayed in order. */
public final class Analyzer {

    /** How many files are held parsed at a time. */
    private static final int WINDOW = 256;

    private final SqlParser parser;
    private final LockModel locks = new LockModel();

    public Analyzer(SqlParser parser) {
        this.parser = parser;
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
            long unmodelled = script.statements().stream()
                    .filter(Statement.Unmodelled.class::isInstance)
                    .count();
            statements += script.statements().size() - (int) unmodelled + missed.size();
            missed.forEach(what -> gaps.add(new Gap(script.source(), what)));
            deployed.all().stream()
                    .filter(marker -> !marker.reason().isEmpty())
                    .forEach(marker -> markers.add(new Marker(script.source(), marker)));
        }
    }

    /** One history under way. */
    private final class Run {

        private final AnalysisRequest request;
        private final Tally tally;

        Run(AnalysisRequest request, Tally tally) {
            this.request = request;
            this.tally = tally;
        }

        void replay() {
            List<Planned> planned = request.deploys().inOrder();
            Catalog catalog = Catalog.empty();
            for (int from = 0; from < planned.size(); from += WINDOW) {
                List<Planned> window = planned.subList(from, Math.min(planned.size(), from + WINDOW));
                List<ParsedScript> scripts = window.parallelStream()
                        .map(part -> parser.parse(part.migration().source()))
                        .toList();
                for (int i = 0; i < window.size(); i++) {
                    catalog = migrate(catalog, window.get(i), scripts.get(i), from + i);
                }
            }
        }

        private Catalog migrate(Catalog before, Planned planned, ParsedScript script, int ordinal) {
            if (planned.judging() == Judging.HISTORY_ONLY) {
                judgeHistory(planned.migration(), script);
                return before;
            }
            FileTransaction transaction = planned.migration()
                    .transactions()
                    .decide(script.statements().stream()
                            .map(statement -> script.source().text(statement.span()))
                            .toList());
            TransactionReplay replay =
                    new TransactionReplay(before.inNewSession(), transaction.mode(), planned.deploy(), ordinal);
            if (planned.judging() == Judging.FULL) {
                judge(planned.migration(), script, transaction, replay);
            } else {
                script.statements().forEach(replay::run);
            }
            return replay.end();
        }

        private void judge(
                Migration migration, ParsedScript script, FileTransaction transaction, TransactionReplay replay) {
            DeployedMarkers deployed = new DeployedMarkers(script);
            MigrationContext inMigration = inMigration(migration, script, deployed);
            List<Finding> found = new ArrayList<>();
            judgeWhole(inMigration, rule -> true, found);
            int previousEnd = 0;
            for (int i = 0; i < script.statements().size(); i++) {
                Statement statement = script.statements().get(i);
                judge(
                        inMigration,
                        statement,
                        new Transaction(
                                replay.inBlock(),
                                replay.openedBy(),
                                transaction.refusal().isPresent(),
                                refusal(transaction, i)),
                        replay,
                        deployed.speaksOf(statement.span(), previousEnd),
                        found);
                previousEnd = statement.span().end();
            }
            take(found);
            tally.count(script, deployed);
        }

        private void judgeHistory(Migration migration, ParsedScript script) {
            List<Finding> found = new ArrayList<>();
            judgeWhole(
                    inMigration(migration, script, new DeployedMarkers(script)),
                    rule -> rule.info().category() == Category.HISTORY,
                    found);
            take(found);
        }

        private MigrationContext inMigration(Migration migration, ParsedScript script, DeployedMarkers deployed) {
            return new InMigration(
                    migration, script, request.versions(), request.history().appliedText(migration), deployed.all());
        }

        private void judgeWhole(MigrationContext inMigration, Predicate<Rule> asked, List<Finding> found) {
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

        private void take(List<Finding> found) {
            found.sort(Comparator.comparingInt(finding -> finding.span().start()));
            tally.findings.addAll(found);
        }

        private Optional<Refusal> refusal(FileTransaction transaction, int statement) {
            return transaction.refusal().filter(refusal -> refusal.statement() == statement);
        }

        private void judge(
                MigrationContext inMigration,
                Statement statement,
                Transaction transaction,
                TransactionReplay replay,
                boolean declaredUnused,
                List<Finding> found) {
            Catalog before = replay.catalog();
            var now = replay.now();
            replay.run(statement);
            Judgement judgement = new Judgement(
                    inMigration, locks, statement, before, replay.catalog(), now, transaction, declaredUnused);
            for (Rule rule : request.rules()) {
                if (rule instanceof StatementRule statementRule) {
                    guarded(
                            rule,
                            inMigration.script().source(),
                            statement.span().start(),
                            found,
                            report -> statementRule.check(judgement, report));
                }
            }
        }

        private void guarded(Rule rule, SourceText source, int offset, List<Finding> found, Check check) {
            try {
                check.run(hit -> found.add(finding(rule.info(), hit, source)));
            } catch (RuntimeException defect) {
                tally.failures.add(new RuleFailure(rule.info().id(), source, offset, defect));
            }
        }

        private Finding finding(RuleInfo rule, Hit hit, SourceText source) {
            return new Finding(
                    rule.id(),
                    hit.cause().key(),
                    hit.cause().severity(),
                    hit.cause().message(hit.arguments()),
                    hit.cause().advice(hit.arguments()),
                    source,
                    hit.span(),
                    hit.related(),
                    tally.fingerprints.of(rule.id(), hit, source));
        }
    }

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
            List<DeployedMarker> deployedMarkers)
            implements MigrationContext {}
}
