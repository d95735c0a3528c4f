package dev.lockstep.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which WHERE clauses say themselves how many rows they can let through. */
class RowBoundsTest {

    private static final String SCHEMA = """
            CREATE TABLE known (
                code text PRIMARY KEY, a int, b int, email text, flag boolean, at timestamptz,
                UNIQUE (a, b));
            CREATE UNIQUE INDEX known_email ON known (lower(email));
            CREATE UNIQUE INDEX known_flagged ON known (at) WHERE flag;
            """;

    private static boolean isBounded(String table, String where) {
        List<Statement> statements = ScriptParser.create()
                .parse(SourceText.of("t.sql", SCHEMA + "DELETE FROM " + table + " WHERE " + where))
                .statements();
        Catalog catalog = Catalog.empty();
        for (Statement statement : statements) {
            catalog = CatalogReplay.apply(catalog, statement, Moment.BEFORE_HISTORY);
        }
        Statement.Delete delete = (Statement.Delete) statements.get(statements.size() - 1);
        return new RowBounds(catalog, catalog.resolve(delete.table()))
                .isBounded(delete.where().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code = 'x'",
                "'x' = code",
                "known.code = 'x'::text",
                "code IN ('x', 'y')",
                "code = ANY (ARRAY['x', 'y'])",
                "code = ANY ('{x,y}')",
                "code = '${code}'",
                "code = ${code}",
                "a = 1 AND b = -2",
                "flag AND a = 1 AND b IN (2, 3)",
                "code BETWEEN 'a' AND 'b'",
                "code >= 'a' AND code < 'b'",
                "code IN (SELECT code FROM known WHERE flag LIMIT 100)",
                "ctid IN (SELECT ctid FROM known LIMIT 100)",
                "ctid = ANY (ARRAY(SELECT ctid FROM known LIMIT 100))"
            })
    void boundedByTheClauseItself(String where) {
        assertThat(isBounded("known", where)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "a = 1",
                "a = 1 OR code = 'x'",
                "NOT code = 'x'",
                "code <> 'x'",
                "code = email",
                "code > 'a'",
                "code > 'a' OR code < 'b'",
                "code <> 'a' AND code > 'b'",
                "code NOT IN ('x')",
                "code NOT BETWEEN 'a' AND 'b'",
                "code LIKE 'x%'",
                "email = 'x'",
                "at = '2026-01-01'",
                "code IN (SELECT code FROM known)",
                "code NOT IN (SELECT code FROM known LIMIT 100)",
                "id = 1"
            })
    void notBounded(String where) {
        assertThat(isBounded("known", where)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id = 1", "id IN (1, 2)", "id BETWEEN 1 AND 1000"})
    void idIsAKeyOfATableOfUnknownShape(String where) {
        assertThat(isBounded("unknown", where)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code = 'x'", "user_id = 1", "id > 1"})
    void anythingElseIsNot(String where) {
        assertThat(isBounded("unknown", where)).isFalse();
    }
}
