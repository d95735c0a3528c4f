package dev.lockstep.testkit.page;

import dev.lockstep.finding.Finding;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Rule;
import dev.lockstep.source.Migration;
import dev.lockstep.sql.Statement;
import dev.lockstep.testkit.page.PageBlock.BlockFile;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Runs a block on a real server as its tool would, and holds its findings, or its silence, against what the server did. */
final class PageTruth {

    /** What code can name: relations and their columns, functions, types and their labels, schemas. */
    private static final String NAMES = """
            WITH schemas AS (SELECT oid, nspname FROM pg_namespace
                WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema')
            SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
            FROM pg_class c JOIN schemas n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
            UNION ALL SELECT n.nspname || '.' || p.oid::regprocedure FROM pg_proc p JOIN schemas n ON n.oid = p.pronamespace
            UNION ALL SELECT n.nspname || '.' || t.typname || coalesce(' ' || e.enumlabel, '')
            FROM pg_type t JOIN schemas n ON n.oid = t.typnamespace LEFT JOIN pg_enum e ON e.enumtypid = t.oid
            UNION ALL SELECT nspname FROM schemas
            """;

    /** With the rows they hold; one stands for those of a materialized view, which nobody changes. */
    private static final String TABLES = """
            SELECT n.nspname || '.' || c.relname || ' ' || CASE relkind WHEN 'm' THEN '1' WHEN 'p' THEN '0' ELSE (xpath('/row/n/text()',
                query_to_xml(format('SELECT count(*) AS n FROM ONLY %I.%I', n.nspname, c.relname), true, true, '')))[1]::text END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'm')
              AND c.relispopulated
            """;

    /**
     * What the server sees to: constraints that all rows obey, triggers that fire, indexes, defaults, policies, autovacuum, a log to recover
     * from, views that can be read, rows that can be compared.
     */
    private static final String GUARANTEES = """
            SELECT conrelid::regclass || ' constraint ' || contype::text || conkey::text FROM pg_constraint
            WHERE conrelid <> 0 AND convalidated AND contype <> 'n'
            UNION ALL SELECT attrelid::regclass || ' not null ' || attname FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
            WHERE attnotnull AND attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p')
            UNION ALL SELECT tgrelid::regclass || ' trigger ' || tgname FROM pg_trigger WHERE tgenabled <> 'D'
            UNION ALL SELECT indrelid::regclass || ' index ' || indkey::text FROM pg_index WHERE indisvalid
            UNION ALL SELECT oid::regclass || ' autovacuum' FROM pg_class
            WHERE relkind = 'r' AND NOT coalesce(reloptions::text ~ 'autovacuum_enabled=(f|0|off|no)', false)
            UNION ALL SELECT oid::regclass || ' log' FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'
            UNION ALL SELECT oid::regclass || ' populated' FROM pg_class WHERE relkind = 'm' AND relispopulated
            UNION ALL SELECT oid::regclass || ' distinct' FROM pg_class c WHERE relkind = 'r' AND NOT EXISTS
            (SELECT FROM pg_attribute WHERE attrelid = c.oid AND NOT attisdropped AND atttypid = 'json'::regtype)
            UNION ALL SELECT attrelid::regclass || ' default or identity ' || attname FROM pg_attribute
            WHERE (atthasdef OR attidentity <> '') AND NOT attisdropped
            UNION ALL SELECT attrelid::regclass || ' column ' || attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped
            UNION ALL SELECT polrelid::regclass || ' policy ' || polname FROM pg_policy
            UNION ALL SELECT oid::regclass || ' row security' FROM pg_class WHERE relrowsecurity
            UNION ALL SELECT oid::regclass || ' view' FROM pg_class WHERE relkind IN ('v', 'm')
            """;

    /** What a migration can leave undone: constraints that old rows are not held to, foreign keys without an index or over other types. */
    private static final String UNDONE = """
            SELECT conname FROM pg_constraint WHERE conrelid <> 0 AND NOT convalidated
            UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT EXISTS
            (SELECT FROM pg_index WHERE indrelid = conrelid AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey)
            UNION ALL SELECT conname FROM pg_constraint WHERE contype = 'f' AND EXISTS
            (SELECT FROM unnest(conkey, confkey) AS pair (child, parent)
              JOIN pg_attribute c ON c.attrelid = conrelid AND c.attnum = child
              JOIN pg_attribute p ON p.attrelid = confrelid AND p.attnum = parent AND p.atttypid <> c.atttypid)
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
            for (Migration migration : migrations(example)) {
                try (ObservedSession session = ObservedSession.open(database)) {
                    run(migration, session, findings);
                }
            }
        }
    }

    /** Those of the block, without its set-up. */
    private static List<Migration> migrations(PageExample example) {
        Set<String> files = new TreeSet<>();
        example.block().files().forEach(file -> files.add(file.name()));
        return PageAnalysis.migrations(example).inOrder().stream()
                .filter(migration -> files.contains(migration.source().path()))
                .toList();
    }

    /** A statement of the file, or a text that PostgreSQL's grammar refuses as one. */
    private record Piece(Span span, Optional<Statement> statement) {}

    /** Statement by statement, each observed; what the file itself made is nobody's yet. */
    private void run(Migration migration, ObservedSession session, List<Finding> findings) throws SQLException {
        SourceText source = migration.source();
        ParsedScript script = ScriptParser.create().parse(source);
        boolean oneTransaction = PageAnalysis.isOneTransaction(migration, script);
        Map<String, Long> existing = tables(session);
        for (Piece piece : pieces(script)) {
            if (oneTransaction && !session.inTransaction()) {
                session.control("BEGIN", true);
            }
            String sql = source.text(piece.span());
            if (piece.statement().orElse(null) instanceof Statement.Transaction control) {
                session.control(sql, opens(control, session));
                continue;
            }
            Set<Hazard> claims = hazards(findings, source.origin(piece.span()));
            Set<String> names = valuesFor(Hazard.BROKEN_NAME, claims, session, NAMES);
            Set<String> guarantees = valuesFor(Hazard.LOST_GUARANTEE, claims, session, GUARANTEES);
            Set<String> undone = valuesFor(Hazard.LEFT_UNDONE, claims, session, UNDONE);
            // Only where a failure is to be survived: PostgreSQL refuses some statements inside a savepoint.
            Observation seen = claims.contains(Hazard.FAILURE) ? session.tryToRun(sql) : session.run(sql);
            names.removeAll(valuesFor(Hazard.BROKEN_NAME, claims, session, NAMES));
            guarantees.removeAll(valuesFor(Hazard.LOST_GUARANTEE, claims, session, GUARANTEES));
            boolean leavesUndone = !undone.containsAll(valuesFor(Hazard.LEFT_UNDONE, claims, session, UNDONE));
            Set<String> emptied = emptiesTables(claims, seen) ? emptied(session, existing) : Set.of();
            new PageEvidence(piece.statement(), seen, existing, names, guarantees, leavesUndone, emptied)
                    .compare(migration.id() + ": " + sql, claims);
        }
        if (session.inTransaction()) {
            session.control(oneTransaction ? "COMMIT" : "ROLLBACK", false);
        }
    }

    /** In order of appearance. */
    private static List<Piece> pieces(ParsedScript script) {
        return Stream.concat(
                        script.statements().stream()
                                .map(statement -> new Piece(statement.span(), Optional.of(statement))),
                        script.problems().stream().map(problem -> new Piece(problem.statement(), Optional.empty())))
                .sorted(Comparator.comparingInt(piece -> piece.span().start()))
                .toList();
    }

    private static boolean opens(Statement.Transaction control, ObservedSession session) {
        return switch (control.kind()) {
            case BEGIN -> true;
            case COMMIT, ROLLBACK, PREPARE -> control.chain() && session.inTransaction();
            default -> session.inTransaction();
        };
    }

    private Set<Hazard> hazards(List<Finding> findings, Place statement) {
        Set<Hazard> claims = new TreeSet<>();
        findings.stream()
                .filter(finding -> finding.path().equals(statement.source().path()))
                .filter(finding -> statement.span().contains(finding.span()))
                .map(this::hazard)
                .forEach(claims::add);
        return claims;
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

    private static Set<String> valuesFor(Hazard hazard, Set<Hazard> claims, ObservedSession session, String query)
            throws SQLException {
        return claims.contains(hazard) ? new TreeSet<>(session.values(query)) : new TreeSet<>();
    }

    private static boolean emptiesTables(Set<Hazard> claims, Observation seen) {
        return claims.contains(Hazard.LOST_ROWS) || !seen.rewritten().isEmpty();
    }

    /** Those of the tables that had rows and have none, or are gone. */
    private static Set<String> emptied(ObservedSession session, Map<String, Long> existing) throws SQLException {
        Map<String, Long> now = tables(session);
        Set<String> emptied = new TreeSet<>();
        existing.forEach((table, rows) -> {
            if (rows > 0 && now.getOrDefault(table, 0L) == 0) {
                emptied.add(table);
            }
        });
        return emptied;
    }

    /** The user tables and their row counts. */
    private static Map<String, Long> tables(ObservedSession session) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (String line : session.values(TABLES)) {
            int space = line.lastIndexOf(' ');
            counts.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        }
        return counts;
    }
}
