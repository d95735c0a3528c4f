package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.AnalysisResult.Coverage;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.Marker;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.engine.AnalysisResult.RunTransaction;
import dev.lockstep.engine.AnalysisResult.Suppressed;
import dev.lockstep.engine.HistoryReplay.ReplayedFile;
import dev.lockstep.engine.Suppressions.Silenced;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Related;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.rule.Ending;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.HistoryReporter;
import dev.lockstep.rule.HistoryRule;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleInfo.Category;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rule.Suppression;
import dev.lockstep.rule.TransactionLocks;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        private final List<Suppressed> suppressed = new ArrayList<>();
        private final List<RuleFailure> failures = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final List<Marker> markers = new ArrayList<>();
        private final Set<String> said = new HashSet<>();
        private final List<AnalysisResult.Run> runs = new ArrayList<>();
        private int migrations;
        private int understood;
        private int statements;
        private int withPlaceholders;

        AnalysisResult result() {
            return new AnalysisResult(
                    findings,
                    suppressed,
                    failures,
                    new Coverage(migrations, understood, statements, withPlaceholders, gaps),
                    markers,
                    runs);
        }

        /** {@code opaque} is code of the script that may do anything. */
        void count(ParsedScript script, List<NotUnderstood> opaqueCode, DeployedMarkers deployed) {
            List<NotUnderstood> missed = new ArrayList<>(script.notUnderstood());
            missed.addAll(opaqueCode);
            migrations++;
            understood += missed.isEmpty() ? 1 : 0;
            Set<Span> opaque = missed.stream().map(NotUnderstood::span).collect(Collectors.toSet());
            long clear = script.statements().stream()
                    .filter(statement -> !opaque.contains(statement.span()))
                    .count();
            statements += (int) clear + missed.size();
            withPlaceholders += withPlaceholders(script);
            missed.forEach(what -> gaps.add(new Gap(script.source().origin(what.span()), what.what())));
            deployed.all().stream()
                    .filter(marker -> !marker.reason().isEmpty())
                    .forEach(marker -> markers.add(new Marker(script.source().origin(marker.span()), marker.reason())));
        }

        private static int withPlaceholders(ParsedScript script) {
            NavigableSet<Integer> starts = new TreeSet<>();
            script.placeholders()
                    .forEach(placeholder -> starts.add(placeholder.span().start()));
            return (int) script.statements().stream()
                    .map(statement -> statement.span())
                    .filter(span -> !starts.subSet(span.start(), span.end()).isEmpty())
                    .count();
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
        private HeldLocks held = new HeldLocks();
        private final Map<String, Suppressions> silencing = new HashMap<>();
        private final SizeWeighing sizes;
        private final JudgedHistory whole;

        Run(AnalysisRequest request, Tally tally) {
            this.request = request;
            this.tally = tally;
            this.schemaDeployed = request.deploys().seed();
            this.schemaNow = request.deploys().seed();
            this.sizes = new SizeWeighing(request.sizes());
            this.whole = new JudgedHistory(request, history, locks);
        }

        void replay() {
            history.replay(request.deploys(), this::judge);
            judgeHistory();
            pending.sort(Comparator.comparingInt(Pending::migration)
                    .thenComparingInt(found -> found.finding().span().start()));
            request.lost().forEach(tally::count);
            // What is said of comments that silence nothing is known when all else was judged.
            Set<Pending> standing = Collections.newSetFromMap(new IdentityHashMap<>());
            for (boolean late : List.of(false, true)) {
                pending.stream()
                        .filter(finding -> finding.late() == late && stands(finding))
                        .forEach(finding -> {
                            standing.add(finding);
                            finding.silenced().ifPresent(Silenced::use);
                        });
            }
            for (Pending finding : pending) {
                if (standing.contains(finding)) {
                    finding.silenced()
                            .ifPresentOrElse(
                                    by -> tally.suppressed.add(new Suppressed(
                                            finding.finding(), by.suppression().reason())),
                                    () -> tally.findings.add(finding.finding()));
                }
            }
        }

        private boolean stands(Pending finding) {
            return finding.stands().test(new Ending(schemaNow, replayed - finding.migration()));
        }

        private Suppressions suppressions(Migration migration, ParsedScript script) {
            return silencing.computeIfAbsent(
                    migration.key(),
                    key -> new Suppressions(
                            script,
                            request.silencing().names(),
                            request.silencing().today()));
        }

        private void judge(ReplayedFile file) {
            replayed++;
            if (file.planned().deploy() != deploy) {
                deploy = file.planned().deploy();
                schemaDeployed = schemaNow;
                locksOfDeploy.clear();
            }
            Catalog before = schemaNow;
            schemaNow = file.after();
            switch (file.planned().judging()) {
                case FULL -> {
                    whole.see(before, file);
                    judgeFully(file);
                }
                case HISTORY_ONLY -> judgeText(file.planned().migration(), file.script());
                case NOT -> {}
            }
        }

        private void judgeFully(ReplayedFile file) {
            DeployedMarkers deployed = new DeployedMarkers(file.script());
            MigrationContext inMigration = inMigration(file.planned().migration(), file.script(), deployed);
            List<Pending> found = new ArrayList<>();
            judgeWhole(inMigration, rule -> true, found);
            JudgedFile judged = new JudgedFile(file, inMigration, deployed, schemaDeployed, locksOfDeploy, held, locks);
            Set<Hit> said = new HashSet<>();
            judged.statements().forEach(statement -> judge(statement, judged.place(statement), said, found));
            locksOfDeploy.addAll(judged.transactions());
            held = judged.held();
            pending.addAll(found);
            tally.count(file.script(), judged.opaque(), deployed);
            tally.runs.add(run(file));
        }

        private AnalysisResult.Run run(ReplayedFile file) {
            return new AnalysisResult.Run(
                    file.planned().migration(),
                    file.transaction().refusal(),
                    CommittedTogether.of(file).stream()
                            .map(group -> new RunTransaction(group.openedBy(), group.end(), group.statements()))
                            .toList());
        }

        private void judgeText(Migration migration, ParsedScript script) {
            List<Pending> found = new ArrayList<>();
            judgeWhole(
                    inMigration(migration, script, new DeployedMarkers(script)),
                    rule -> rule.info().category() == Category.HISTORY,
                    found);
            pending.addAll(found);
        }

        private MigrationContext inMigration(Migration migration, ParsedScript script, DeployedMarkers deployed) {
            return new InMigration(
                    migration,
                    script,
                    request.versions(),
                    request.history().appliedText(migration),
                    deployed.all(),
                    request.options(),
                    suppressions(migration, script),
                    request.silencing().names());
        }

        private void judgeWhole(MigrationContext inMigration, Predicate<Rule> asked, List<Pending> found) {
            for (Rule rule : request.rules()) {
                if (rule instanceof MigrationRule migrationRule && asked.test(rule)) {
                    guarded(
                            rule,
                            inMigration.migration(),
                            inMigration.script(),
                            0,
                            (finding, hazard) -> finding,
                            found,
                            report -> migrationRule.check(inMigration, report));
                }
            }
        }

        private void judgeHistory() {
            for (Rule rule : request.rules()) {
                if (rule instanceof HistoryRule historyRule) {
                    try {
                        historyRule.check(whole, new Findings(rule.info()));
                    } catch (RuntimeException defect) {
                        Place start = new Place(SourceText.of("the history", ""), new Span(0, 0));
                        tally.failures.add(new RuleFailure(rule.info().id(), start, defect));
                    }
                }
            }
        }

        /** What a rule finds in the whole history. */
        private final class Findings implements HistoryReporter {

            private final RuleInfo rule;

            Findings(RuleInfo rule) {
                this.rule = rule;
            }

            @Override
            public void report(Migration about, SourceText source, Hit hit) {
                if (whole.isJudged(about)) {
                    pending.add(new Pending(
                            finding(rule, hit, source),
                            ending -> true,
                            whole.number(about),
                            suppressions(about, whole.script(about)).silences(rule.id(), hit.span()),
                            false));
                }
            }

            @Override
            public void reportOnce(Migration about, Hit hit) {
                if (whole.isJudged(about)
                        && tally.said.add(rule.id() + ":" + hit.cause().key())) {
                    report(about, hit);
                }
            }
        }

        /** {@code place} is where findings are shown when the statement stands in code that was made elsewhere. */
        private void judge(StatementContext judgement, Optional<Span> place, Set<Hit> said, List<Pending> found) {
            for (Rule rule : request.rules()) {
                if (rule instanceof StatementRule statementRule) {
                    guarded(
                            rule,
                            judgement.migration(),
                            judgement.script(),
                            place.orElse(judgement.statement().span()).start(),
                            (finding, hazard) -> sizes.weigh(finding, hazard, judgement),
                            found,
                            report -> statementRule.check(judgement, shownAt(place, said, report)));
                }
            }
        }

        /** Code may run a statement many times; what is to be said of it is said once. */
        private static Reporter shownAt(Optional<Span> place, Set<Hit> said, Reporter report) {
            return (hit, stands) -> {
                Hit shown = place.map(span -> new Hit(span, hit.cause(), hit.arguments(), List.of()))
                        .orElse(hit);
                if (said.add(shown)) {
                    report.report(shown, stands);
                }
            };
        }

        private void guarded(
                Rule rule,
                Migration migration,
                ParsedScript script,
                int offset,
                Weighing weighing,
                List<Pending> found,
                Check check) {
            SourceText source = script.source();
            try {
                check.run((hit, stands) -> {
                    Finding finding = finding(rule.info(), hit, source);
                    found.add(new Pending(
                            weighing.weigh(finding, hit.cause().hazard()),
                            stands,
                            replayed,
                            suppressions(migration, script).silences(rule.info().id(), hit.span()),
                            rule.info().category() == Category.ANALYSIS));
                });
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
     * @param silenced the comment that silences it
     * @param late whether it stands only when everything else was judged
     */
    private record Pending(
            Finding finding, Predicate<Ending> stands, int migration, Optional<Silenced> silenced, boolean late) {}

    /** What becomes of a finding where sizes are known. */
    @FunctionalInterface
    private interface Weighing {
        Finding weigh(Finding finding, Hazard hazard);
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
            List<DeployedMarker> deployedMarkers,
            RuleOptions options,
            Suppressions silencing,
            RuleNames ruleNames)
            implements MigrationContext {

        @Override
        public List<Suppression> suppressions() {
            return silencing.all();
        }

        @Override
        public boolean isUsed(Suppression suppression) {
            return silencing.isUsed(suppression);
        }

        @Override
        public <T> T option(RuleOption<T> option) {
            return options.get(option);
        }
    }
}
