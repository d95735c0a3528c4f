package dev.lockstep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;

/** SQL text into the model. */
public final class Sql {

    private static final ScriptParser PARSER = ScriptParser.create();

    private Sql() {}

    public static ParsedScript script(String sql) {
        return PARSER.parse(SourceText.of("test.sql", sql));
    }

    /** A script that PostgreSQL accepts as a whole. */
    public static ParsedScript accepted(String sql) {
        ParsedScript script = script(sql);
        assertThat(script.problems()).as(sql).isEmpty();
        return script;
    }

    /** The one statement of a script that PostgreSQL accepts. */
    public static Statement statement(String sql) {
        assertThat(accepted(sql).statements()).as(sql).hasSize(1);
        return accepted(sql).statements().get(0);
    }

    public static <T extends Statement> T statement(Class<T> type, String sql) {
        Statement statement = statement(sql);
        assertThat(statement).isInstanceOf(type);
        return type.cast(statement);
    }
}
