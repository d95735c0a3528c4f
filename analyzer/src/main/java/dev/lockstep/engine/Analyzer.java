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
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Refusal;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        return new Run(request).result();
    }

    /** One analysis under way. */
    private final class Run {

        private final AnalysisRequest request;
        private final Fingerprints fingerprints = new Fingerprints();
        private final List<Finding> findings = new ArrayList<>();
        private final List<RuleFailure> failures = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final List<Marker> markers = new ArrayList<>();
        private int migrations;
        private int understood;
        private int statements;

        Run(AnalysisRequest request) {
            this.request = request;
        }

        AnalysisResult result() {
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
            return new AnalysisResult(
                    findings, failures, new Coverage(migrations, understood, statements, gaps), markers);
        }

        private Catalog migrate(Catalog before, Planned planned, ParsedScript script, int ordinal) {
            FileTransaction transaction = planned.migration()
                    .transactions()
                    .decide(script.statements().stream()
                            .map(statement -> script.source().text(statement.span()))
                            .toList());
            TransactionReplay replay =
                    new TransactionReplay(before.inNewSession(), transaction.mode(), planned.deploy(), ordinal);
            if (planned.judged()) {
                judge(planned.migration(), script, transaction, replay);
            } else {
                script.statements().forEach(replay::run);
            }
            return replay.end();
        }

        private void judge(
                Migration migration, ParsedScript script, FileTransaction transaction, TransactionReplay replay) {
            DeployedMarkers deployed = new DeployedMarkers(script);
            MigrationContext inMigration = new InMigration(
                    migration, script, request.versions(), request.history().appliedText(migration), deployed.all());
            List<Finding> found = new ArrayList<>();
            for (Rule rule : request.rules()) {
                if (rule instanceof MigrationRule migrationRule) {
                    guarded(rule, script.source(), 0, found, report -> migrationRule.check(inMigration, report));
                }
            }
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
            found.sort(Comparator.comparingInt(finding -> finding.span().start()));
            findings.addAll(found);
            count(script, deployed);
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
                failures.add(new RuleFailure(rule.info().id(), source, offset, defect));
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
                    fingerprints.of(rule.id(), hit, source));
        }

        private void count(ParsedScript script, DeployedMarkers deployed) {
            List<NotUnderstood> missed = script.notUnderstood();
            migrations++;
            understood += missed.isEmpty() ? 1 : 0;
            Set<Span> opaque = missed.stream().map(NotUnderstood::span).collect(Collectors.toSet());
            long clear = script.statements().stream()
                    .filter(statement -> !opaque.contains(statement.span()))
                    .count();
            statements += (int) clear + missed.size();
            missed.forEach(what -> gaps.add(new Gap(script.source(), what)));
            deployed.all().stream()
                    .filter(marker -> !marker.reason().isEmpty())
                    .forEach(marker -> markers.add(new Marker(script.source(), marker)));
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
