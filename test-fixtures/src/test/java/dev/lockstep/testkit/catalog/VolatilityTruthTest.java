package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.Volatilities;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.testkit.Golden;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class VolatilityTruthTest {

    private static final String TABLE = "analyzer/src/main/resources/dev/lockstep/catalog/volatility.txt";

    /** What can be called from SQL, with how few and how many arguments; no upper end is -1. */
    private static final String FUNCTIONS = """
            SELECT proname, provolatile, pronargs - pronargdefaults - (provariadic <> 0)::int,
              CASE WHEN provariadic <> 0 THEN -1 ELSE pronargs END
            FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind <> 'p'
              AND prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
              AND NOT ('internal'::regtype = ANY (proargtypes) OR 'cstring'::regtype = ANY (proargtypes))""";

    private static final List<String> FUNCTIONS_OF_THE_HISTORY = List.of(
            "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE FUNCTION dice() RETURNS float8 LANGUAGE sql AS 'SELECT random()'",
            "CREATE FUNCTION honest() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
            "CREATE FUNCTION boasting() RETURNS float8 LANGUAGE sql STABLE AS 'SELECT random()'",
            "CREATE FUNCTION guarded() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "CREATE FUNCTION opaque() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
            "CREATE FUNCTION clear() RETURNS int LANGUAGE plpgsql STABLE AS 'BEGIN RETURN 1; END'",
            "CREATE FUNCTION twice(x int) RETURNS int LANGUAGE sql AS 'SELECT x * 2'",
            "CREATE SEQUENCE numbers");

    private static final List<String> DEFAULTS = List.of(
            "int DEFAULT 1",
            "int DEFAULT 1 + 1",
            "text DEFAULT 'a' || 'b'",
            "timestamptz DEFAULT now()",
            "timestamptz DEFAULT CURRENT_TIMESTAMP",
            "timestamptz DEFAULT now() + interval '1 day'",
            "timestamptz DEFAULT 'now'::timestamptz",
            "timestamptz DEFAULT clock_timestamp()",
            "timestamptz DEFAULT statement_timestamp()",
            "timestamptz DEFAULT transaction_timestamp()",
            "text DEFAULT timeofday()",
            "date DEFAULT CURRENT_DATE",
            "text DEFAULT CURRENT_USER",
            "uuid DEFAULT gen_random_uuid()",
            "float8 DEFAULT random()",
            "float8 DEFAULT coalesce(random(), 1)",
            "int DEFAULT nextval('numbers')",
            "bigint DEFAULT txid_current()",
            "text DEFAULT md5('x')",
            "text DEFAULT md5(random()::text)",
            "jsonb DEFAULT '{}'::jsonb",
            "jsonb DEFAULT jsonb_build_object('a', now())",
            "text[] DEFAULT ARRAY['a', 'b']",
            "text DEFAULT to_char(now(), 'YYYY')",
            "float8 DEFAULT extract(epoch FROM now())",
            "int DEFAULT one()",
            "int DEFAULT twice(2)",
            "int DEFAULT twice(one())",
            "float8 DEFAULT dice()",
            "int DEFAULT honest()",
            "float8 DEFAULT boasting()",
            "int DEFAULT guarded()",
            "int DEFAULT opaque()",
            "int DEFAULT clear()",
            "text DEFAULT lower('X') COLLATE \"C\"",
            "boolean DEFAULT (NOT (1 IS NULL))",
            "int DEFAULT CASE WHEN true THEN 1 ELSE 2 END",
            "text DEFAULT pg_backend_pid()::text",
            "text DEFAULT version()",
            "text DEFAULT current_setting('TimeZone')",
            "numeric DEFAULT round(1.5, 0)");

    private static final ScriptParser PARSER = ScriptParser.create();

    @Test
    void theTableIsWhatTheServersSay() throws SQLException {
        Assumptions.assumeTrue(PgMatrix.majors().size() == 5, "the table covers all major versions");
        Map<Integer, Map<String, String>> byMajor = new TreeMap<>();
        for (PgServer server : PgMatrix.servers().toList()) {
            byMajor.put(server.major(), functions(server));
        }
        Golden.checkDocument(TABLE, table(byMajor));
    }

    private static Map<String, String> functions(PgServer server) throws SQLException {
        Map<String, List<Overload>> overloads = new TreeMap<>();
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FUNCTIONS)) {
            while (rows.next()) {
                overloads
                        .computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                        .add(new Overload(rows.getString(2), rows.getInt(3), rows.getInt(4)));
            }
        }
        Map<String, String> described = new TreeMap<>();
        overloads.forEach((name, all) -> described.put(name, describe(all)));
        return described;
    }

    private record Overload(String volatility, int fewest, int most) {}

    private static String describe(List<Overload> overloads) {
        List<String> promises =
                overloads.stream().map(Overload::volatility).distinct().toList();
        if (promises.size() == 1) {
            return promises.get(0);
        }
        return overloads.stream()
                .map(overload -> overload.most() < 0
                        ? overload.fewest() + "-" + overload.volatility()
                        : overload.fewest() == overload.most()
                                ? overload.fewest() + overload.volatility()
                                : overload.fewest() + "-" + overload.most() + overload.volatility())
                .distinct()
                .sorted()
                .reduce((first, second) -> first + " " + second)
                .orElseThrow();
    }

    private static String table(Map<Integer, Map<String, String>> byMajor) {
        Map<String, Map<Integer, String>> byName = new TreeMap<>();
        byMajor.forEach((major, functions) -> functions.forEach((name, promise) ->
                byName.computeIfAbsent(name, unused -> new TreeMap<>()).put(major, promise)));
        StringBuilder lines = new StringBuilder();
        byName.forEach((name, promises) -> {
            String before = "-";
            for (int major : byMajor.keySet()) {
                String promise = promises.getOrDefault(major, "-");
                if (!promise.equals(before)) {
                    lines.append(name)
                            .append('@')
                            .append(major)
                            .append(' ')
                            .append(promise)
                            .append('\n');
                }
                before = promise;
            }
        });
        return lines.toString();
    }

    @OnEveryPostgres
    void noOperatorOrCastIsVolatile(PgServer server) throws SQLException {
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT p.proname FROM pg_proc p WHERE p.provolatile = 'v'
                        AND (p.oid IN (SELECT oprcode FROM pg_operator) OR p.oid IN (SELECT castfunc FROM pg_cast))""")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            assertThat(names).isEmpty();
        }
    }

    /** A column with a volatile default is written into every row, so the table gets a new file. */
    @OnEveryPostgres
    void exactlyVolatileDefaultsRewriteATable(PgServer server) throws SQLException {
        Catalog catalog = Catalog.empty();
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String function : FUNCTIONS_OF_THE_HISTORY) {
                statement.execute(function);
                catalog = CatalogReplay.apply(catalog, parsed(function), Moment.BEFORE_HISTORY);
            }
            statement.execute("CREATE TABLE t (a int)");
            for (int i = 0; i < DEFAULTS.size(); i++) {
                String alter = "ALTER TABLE t ADD COLUMN c" + i + " " + DEFAULTS.get(i);
                long before = fileNode(statement);
                statement.execute(alter);
                boolean rewritten = fileNode(statement) != before;
                assertThat(volatility(catalog, alter, server.major()))
                        .as(alter)
                        .isPresent()
                        .matches(
                                promise -> (promise.get() == Volatility.VOLATILE) == rewritten,
                                "rewritten " + rewritten);
            }
        }
    }

    private static dev.lockstep.sql.Statement parsed(String sql) {
        return PARSER.parse(SourceText.of("statement.sql", sql)).statements().get(0);
    }

    private static Optional<Volatility> volatility(Catalog catalog, String alter, int major) {
        AlterAction.AddColumn add =
                (AlterAction.AddColumn) ((AlterTable) parsed(alter)).actions().get(0);
        return Volatilities.of(add.column().defaultValue().orElseThrow().expression(), catalog, major);
    }

    private static long fileNode(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_relation_filenode('t')")) {
            row.next();
            return row.getLong(1);
        }
    }
}
