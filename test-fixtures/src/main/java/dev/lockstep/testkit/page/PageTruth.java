package dev.lockstep.testkit.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.finding.Finding;
import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Rule;
import dev.lockstep.testkit.page.PageBlock.BlockFile;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Runs a block on a real server, and holds its findings, or its silence, against what the server did. */
final class PageTruth {

    private static final String NAMES = """
            SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p')
            """;

    private static final String TABLES = """
            SELECT format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'm')
              AND c.relispopulated
            """;

    /** What the server sees to: constraints it holds all rows to, triggers that fire, autovacuum, and a log to recover from. */
    private static final String GUARANTEES = """
            SELECT conrelid::regclass || ' constraint ' || contype::text || conkey::text FROM pg_constraint
            WHERE conrelid <> 0 AND convalidated AND contype <> 'n'
            UNION ALL
            SELECT attrelid::regclass || ' not null ' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE attnotnull AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p')
            UNION ALL
            SELECT tgrelid::regclass || ' trigger ' || tgname FROM pg_trigger WHERE tgenabled <> 'D'
            UNION ALL
            SELECT oid::regclass || ' autovacuum' FROM pg_class
            WHERE relkind = 'r' AND NOT coalesce(reloptions::text ~ 'autovacuum_enabled=(f|0|off|no)', false)
            UNION ALL
            SELECT oid::regclass || ' log' FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'
            """;

    private final List<Rule> rules;
    private final PageAnalysis analysis;

    PageTruth(List<Rule> rules, PageAnalysis analysis) {
        this.rules = rules;
        this.analysis = analysis;
    }

    void check(PageExample example, PgServer server) throws SQLException {
        List<Finding> findings = analysis.findings(example);
        try (ScratchDatabase database = server.database()) {
            for (BlockFile file : example.setup()) {
                database.execute(file.text());
            }
            for (BlockFile file : example.block().files()) {
                run(
                        database,
                        file,
                        findings.stream()
                                .filter(finding -> finding.path().equals(file.name()))
                                .toList());
            }
        }
    }

    /** Statement by statement, each observed and then run for good; what the file itself made is nobody's yet. */
    private void run(ScratchDatabase database, BlockFile file, List<Finding> findings) throws SQLException {
        Map<String, Long> existing = tables(database);
        SourceText source = SourceText.of(file.name(), file.text());
        for (Span span : statements(source)) {
            String sql = source.text(span);
            List<Hazard> claims = findings.stream()
                    .filter(finding -> span.contains(finding.span()))
                    .map(this::hazard)
                    .toList();
            if (isTransactionControl(sql)) {
                continue;
            }
            Set<String> names = names(database);
            Set<String> guarantees = new TreeSet<>(column(database, GUARANTEES));
            Observation seen = LockProbe.observe(database, sql);
            if (seen.inTransaction() && seen.failure().isEmpty()) {
                database.execute(sql);
            }
            Set<String> lost = names;
            lost.removeAll(names(database));
            guarantees.removeAll(column(database, GUARANTEES));
            compare(file.name() + ": " + sql, claims, seen, existing, lost, guarantees);
        }
    }

    /** The statements, those that PostgreSQL refuses included, in order of appearance. */
    private static List<Span> statements(SourceText source) {
        ParsedScript script = ScriptParser.create().parse(source);
        return Stream.concat(
                        script.statements().stream().map(dev.lockstep.sql.Statement::span),
                        script.problems().stream().map(problem -> problem.statement()))
                .sorted(Comparator.comparingInt(Span::start))
                .toList();
    }

    private static boolean isTransactionControl(String sql) {
        return sql.matches("(?is)(begin|start|commit|rollback|end)\\b.*");
    }

    private Hazard hazard(Finding finding) {
        return rules.stream()
                .filter(rule -> rule.info().id().equals(finding.rule()))
                .flatMap(rule -> rule.info().causes().stream())
                .filter(cause -> cause.key().equals(finding.cause()))
                .map(Cause::hazard)
                .findFirst()
                .orElseThrow();
    }

    private static void compare(
            String statement,
            List<Hazard> claims,
            Observation seen,
            Map<String, Long> existing,
            Set<String> lost,
            Set<String> lostGuarantees) {
        boolean blockingWork = strongLocks(seen, existing.keySet()).anyMatch(lock -> hasWork(seen, lock.relation()));
        boolean everyRow = seen.rowsWritten().entrySet().stream()
                .anyMatch(entry -> existing.getOrDefault(entry.getKey(), 0L) > 1
                        && entry.getValue() >= existing.getOrDefault(entry.getKey(), 0L));
        boolean fails = seen.failure().isPresent() || !seen.inTransaction();
        for (Hazard claim : claims) {
            boolean shown = switch (claim) {
                case BLOCKING_WORK -> blockingWork;
                case BLOCKING_LOCK ->
                    strongLocks(seen, existing.keySet()).findAny().isPresent();
                case ROW_LOCKS -> everyRow;
                case FAILURE -> fails;
                case BROKEN_NAME -> !lost.isEmpty();
                case LOST_GUARANTEE -> !lostGuarantees.isEmpty();
                case TOOL_REFUSAL, NONE -> true;
            };
            assertThat(shown).as("%s%nshows %s: %s", statement, claim, seen).isTrue();
        }
        if (!claims.contains(Hazard.BLOCKING_WORK)) {
            assertThat(blockingWork)
                    .as("%s%nworks under a lock that blocks: %s", statement, seen)
                    .isFalse();
        }
        if (!claims.contains(Hazard.ROW_LOCKS)) {
            assertThat(everyRow).as("%s%nwrites every row: %s", statement, seen).isFalse();
        }
        if (!claims.contains(Hazard.FAILURE)) {
            assertThat(seen.failure()).as("%s%nfails", statement).isEmpty();
        }
    }

    private static Stream<ObservedLock> strongLocks(Observation seen, Set<String> existing) {
        return seen.locks().stream()
                .filter(lock -> existing.contains(lock.relation()) || lock.kind() == 'i')
                .filter(lock -> lock.mode().blocksWrites());
    }

    private static boolean hasWork(Observation seen, String relation) {
        return seen.scanned().contains(relation)
                || seen.rewritten().contains(relation)
                || seen.rebuilt().contains(relation);
    }

    private static Set<String> names(ScratchDatabase database) throws SQLException {
        return new TreeSet<>(column(database, NAMES));
    }

    /** The user tables and their row counts. */
    private static Map<String, Long> tables(ScratchDatabase database) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                counts.put(
                        rows.getString(2),
                        Long.valueOf(column(database, "SELECT count(*) FROM " + rows.getString(1))
                                .get(0)));
            }
        }
        return counts;
    }

    private static List<String> column(ScratchDatabase database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
