package dev.lockstep.testkit.page;

import dev.lockstep.engine.AnalysisRequest;
import dev.lockstep.engine.AnalysisRequest.Silencing;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.engine.Analyzer;
import dev.lockstep.engine.AppliedHistory;
import dev.lockstep.engine.Deploys;
import dev.lockstep.engine.TableSizes;
import dev.lockstep.finding.Finding;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.testkit.page.PageBlock.BlockFile;
import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the analysis makes of a block, against what the block announces. */
final class PageAnalysis {

    /** For comments that say until when. */
    private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

    private static final String SETTINGS = "flyway.conf";

    private final Analyzer analyzer = new Analyzer(ScriptParser.create());
    private final List<Rule> rules;

    PageAnalysis(List<Rule> rules) {
        this.rules = rules;
    }

    /** The set-up and the block's files, as the block's tool reads and orders them. */
    static Migrations migrations(PageExample example) {
        List<SourceText> files = new ArrayList<>();
        example.setup().forEach(file -> add(file, files));
        example.block().files().forEach(file -> add(file, files));
        if (example.block().hasSettings()
                && files.stream().noneMatch(file -> file.path().equals(SETTINGS))) {
            files.add(SourceText.of(
                    SETTINGS, "flyway.locations=filesystem:.\nflyway.postgresql.transactional.lock=false\n"));
        }
        Project project = MemoryProject.of(files);
        MigrationSource tool = MigrationSources.named(example.block().tool()).orElseThrow();
        Setup setup = tool.find(project).stream().findFirst().orElseGet(() -> tool.assumed(project));
        return tool.read(project, setup);
    }

    /** Whether the tool runs all of a migration in one transaction; one it refuses is run by hand, statement by statement. */
    static boolean isOneTransaction(Migration migration, ParsedScript script) {
        FileTransaction decided = migration
                .transactions()
                .decide(script.statements().stream()
                        .map(statement -> script.source().text(statement.span()))
                        .toList());
        return decided.mode() == Mode.ONE_TRANSACTION && decided.refusal().isEmpty();
    }

    /** The findings of a block, the safety set and the page's own rule asked, after the page's set-up was replayed. */
    List<Finding> findings(PageExample example) {
        Migrations migrations = migrations(example);
        Set<String> setup = example.setup().stream().map(BlockFile::name).collect(Collectors.toSet());
        AnalysisResult result = analyzer.analyze(new AnalysisRequest(
                deploys(example, setupFirst(migrations.inOrder(), setup), setup)
                        .grouped(migrations.facts().grouping()),
                new History(example, migrations, setup),
                migrations,
                List.of(),
                versions(example.block()),
                asked(example),
                options(example),
                TableSizes.UNKNOWN,
                new Silencing(new RuleNames(rules), TODAY)));
        if (!result.failures().isEmpty()) {
            throw result.failures().get(0).exception();
        }
        return result.findings();
    }

    private List<Rule> asked(PageExample example) {
        return rules.stream()
                .filter(rule -> rule.info().set() == RuleSet.SAFETY || isOwn(rule, example))
                .toList();
    }

    private RuleOptions options(PageExample example) {
        RuleOptions options = RuleOptions.NONE;
        for (Map.Entry<String, List<String>> given : example.block().options().entrySet()) {
            RuleOption<?> option = rules.stream()
                    .filter(rule -> isOwn(rule, example))
                    .flatMap(rule -> rule.info().options().stream())
                    .filter(known -> known.key().equals(given.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(example + ": no such option: " + given.getKey()));
            options = options.with(option, given.getValue());
        }
        return options;
    }

    private static boolean isOwn(Rule rule, PageExample example) {
        return example.rules().contains(rule.info().id());
    }

    /** A tool that goes by names alone may take the set-up for later than the example. */
    private static List<Migration> setupFirst(List<Migration> inOrder, Set<String> setup) {
        return inOrder.stream()
                .sorted(Comparator.comparing(
                        migration -> !setup.contains(migration.source().path())))
                .toList();
    }

    private static Deploys deploys(PageExample example, List<Migration> inOrder, Set<String> setup) {
        return example.block().isOneDeploy()
                ? Deploys.since(
                        inOrder,
                        migration -> setup.contains(migration.source().path()),
                        migration -> !setup.contains(migration.source().path()))
                : Deploys.eachAlone(
                        inOrder, migration -> !setup.contains(migration.source().path()));
    }

    /** What was applied: the text of an {@code applied} block, and the set-up where the block is one deploy. */
    private record History(PageExample example, Migrations migrations, Set<String> setup) implements AppliedHistory {

        @Override
        public Optional<SourceText> appliedText(Migration migration) {
            String path = migration.source().path();
            return example.applied().stream()
                    .filter(file -> file.name().equals(path))
                    .map(file -> SourceText.of(path, file.text()))
                    .findFirst();
        }

        @Override
        public List<Migration> applied() {
            return migrations.inOrder().stream()
                    .filter(migration -> example.block().isOneDeploy()
                            && setup.contains(migration.source().path()))
                    .toList();
        }
    }

    private static List<PgVersion> versions(PageBlock block) {
        return PgVersion.ALL.stream()
                .filter(version -> block.covers(version.major()))
                .toList();
    }

    private static void add(BlockFile file, List<SourceText> files) {
        files.add(SourceText.of(file.name(), file.text()));
        if (file.outsideTransaction()) {
            files.add(SourceText.of(file.name() + ".conf", "executeInTransaction=false\n"));
        }
    }

    /** A finding as a page announces it, with its text for the reader of a failed test. */
    static String spelled(Finding finding) {
        Position start = finding.start();
        Position end = finding.end();
        return "%s:%s-%s %s: %s".formatted(finding.path(), start, end, finding.rule(), finding.cause());
    }
}
