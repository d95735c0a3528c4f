package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The worlds as catalogs, and statements as the parser understands them. */
final class Schemas {

    private static final Moment SETUP = new Moment(0, 0, 0);

    private final ScriptParser parser = ScriptParser.create();
    private final Map<World, Catalog> catalogs = new EnumMap<>(World.class);
    private final Map<String, Statement> statements = new HashMap<>();

    Catalog catalog(World world) {
        return catalogs.computeIfAbsent(world, this::replay);
    }

    private Catalog replay(World world) {
        Catalog catalog = Catalog.empty();
        for (Statement statement : parse(world.setup())) {
            catalog = CatalogReplay.apply(catalog, statement, SETUP);
        }
        catalog = catalog.atTransactionEnd();
        for (Statement statement : parse(world.earlier())) {
            catalog = CatalogReplay.apply(catalog, statement, World.NOW);
        }
        return catalog;
    }

    Statement statement(String sql) {
        return statements.computeIfAbsent(sql, this::one);
    }

    private Statement one(String sql) {
        List<Statement> parsed = parse(sql);
        if (parsed.size() != 1) {
            throw new AssertionError("not one statement: " + sql);
        }
        return parsed.get(0);
    }

    private List<Statement> parse(String sql) {
        ParsedScript script = parser.parse(SourceText.of("sample.sql", sql));
        if (!script.problems().isEmpty()) {
            throw new AssertionError(script.problems() + " in " + sql);
        }
        return script.statements();
    }
}
