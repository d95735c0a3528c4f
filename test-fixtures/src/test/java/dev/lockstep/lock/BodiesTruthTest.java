package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.observe.Circumstances;
import dev.lockstep.observe.CommittingCode;
import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.LockProbe;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.Statement;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every body of {@code bodies.sql} does on every server exactly what the model says. */
final class BodiesTruthTest {

    private static final Moment SETUP = new Moment(0, 0, 0);

    private static final Moment NOW = new Moment(1, 1, 0);

    private final ScriptParser parser = ScriptParser.create();
    private final LockModel model = new LockModel();

    /** A text whose last statement is watched; those before it make what it needs. */
    private record BodyCase(World world, String text) {}

    @Test
    void thereAreAtLeastSixty() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(60);
    }

    @OnEveryPostgres
    void bodiesDoWhatTheModelSays(PgServer server) throws SQLException {
        Map<World, List<BodyCase>> byWorld = new EnumMap<>(World.class);
        for (BodyCase one : cases()) {
            byWorld.computeIfAbsent(one.world(), world -> new ArrayList<>()).add(one);
        }
        List<String> differences = new ArrayList<>();
        for (Map.Entry<World, List<BodyCase>> entry : byWorld.entrySet()) {
            check(server, entry.getKey(), entry.getValue(), differences);
        }

        assertThat(differences)
                .as("%d differences", differences.size())
                .withFailMessage(() -> String.join("\n", differences))
                .isEmpty();
    }

    /** What a body makes first stays for those after it; what it does itself is rolled back unless it commits. */
    private void check(PgServer server, World world, List<BodyCase> bodies, List<String> differences)
            throws SQLException {
        Catalog catalog = replay(Catalog.empty(), statements(world.setup()));
        try (ScratchDatabase database = server.database()) {
            database.execute(world.setup());
            for (BodyCase body : bodies) {
                SourceText source = SourceText.of("body.sql", body.text());
                ParsedScript script = parser.parse(source);
                List<Statement> statements = script.statements();
                Statement watched = statements.get(statements.size() - 1);
                List<Statement> before = statements.subList(0, statements.size() - 1);
                for (Statement statement : before) {
                    database.execute(source.text(statement.span()));
                }
                catalog = replay(catalog, before);
                String sql = source.text(watched.span());
                Footprint predicted = model.footprint(
                        watched,
                        catalog,
                        List.of(PgVersion.ofMajor(server.major()).orElseThrow()));
                List<String> found = differences(predicted, observe(database, watched, sql));
                if (!found.isEmpty()) {
                    differences.add(
                            server + " " + world + "\n" + body.text() + "\n    " + String.join("\n    ", found));
                }
            }
        }
    }

    private static List<String> differences(Footprint predicted, Observation seen) {
        return predicted.known()
                ? Comparison.differences(predicted, seen, new Circumstances(seen.inTransaction(), false, true, false))
                        .stream()
                        .map(Object::toString)
                        .toList()
                : List.of("the model does not know it; seen: " + seen.locks() + " " + seen.failure());
    }

    private static Observation observe(ScratchDatabase database, Statement watched, String sql) throws SQLException {
        Optional<CommittingCode> code = CommittingCode.of(watched, sql);
        if (code.isEmpty()) {
            return LockProbe.observe(database, sql);
        }
        try (ObservedSession session = ObservedSession.open(database)) {
            return session.run(sql, code);
        }
    }

    private static Catalog replay(Catalog before, List<Statement> statements) {
        Catalog catalog = before;
        for (Statement statement : statements) {
            catalog = CatalogReplay.apply(catalog, statement, SETUP);
        }
        return catalog.atTransactionEnd();
    }

    /** What the code leaves behind is what the server has: tables and columns by name. */
    @OnEveryPostgres
    void bodiesLeaveTheSchemaThatTheReplaySays(PgServer server) throws SQLException {
        for (BodyCase body : cases()) {
            SourceText source = SourceText.of("body.sql", body.text());
            List<Statement> statements = parser.parse(source).statements();
            if (!body.text().contains("-- schema")) {
                continue;
            }
            Catalog catalog = replay(Catalog.empty(), statements(body.world().setup()));
            for (Statement statement : statements) {
                catalog = CatalogReplay.apply(catalog, statement, NOW);
            }
            try (ScratchDatabase database = server.database()) {
                database.execute(body.world().setup());
                for (Statement statement : statements) {
                    database.execute(source.text(statement.span()));
                }
                assertThat(columns(catalog)).as(body.text()).isEqualTo(columns(database));
            }
        }
    }

    private static List<String> columns(Catalog catalog) {
        return catalog.tables().stream()
                .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column.name()))
                .sorted()
                .toList();
    }

    private static List<String> columns(ScratchDatabase database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT c.relname || '.' || a.attname FROM pg_attribute a"
                        + " JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace"
                        + " AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped")) {
            List<String> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
            return columns.stream().sorted().toList();
        }
    }

    private List<Statement> statements(String sql) {
        return parser.parse(SourceText.of("world.sql", sql)).statements();
    }

    /** Sections that begin with {@code ---- world}. */
    private static List<BodyCase> cases() {
        List<BodyCase> cases = new ArrayList<>();
        for (String section : text().split("(?m)^---- ", -1)) {
            int line = section.indexOf('\n');
            if (line > 0 && !section.substring(line).isBlank()) {
                World world = World.valueOf(section.substring(0, line).strip().toUpperCase(Locale.ROOT));
                cases.add(new BodyCase(world, section.substring(line + 1).strip()));
            }
        }
        return cases;
    }

    private static String text() {
        try (InputStream input = BodiesTruthTest.class.getResourceAsStream("bodies.sql")) {
            if (input == null) {
                throw new IllegalStateException("bodies.sql is missing");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
