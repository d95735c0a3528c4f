package dev.lockstep.testkit.catalog;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.TransactionReplay;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.SourceText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Runs statements on a server and through the replay, each in its own transaction unless they say otherwise. */
final class SideBySide {

    private static final ScriptParser PARSER = ScriptParser.create();

    private final Connection connection;
    private final int major;
    private final TransactionReplay replay;

    SideBySide(Connection connection, int major) {
        this(connection, major, Catalog.empty());
    }

    SideBySide(Connection connection, int major, Catalog before) {
        this.connection = connection;
        this.major = major;
        this.replay = new TransactionReplay(before, Mode.AUTOCOMMIT, 0, 0);
    }

    /** Runs a script that the server must accept. */
    void run(String sql) throws SQLException {
        for (String statement : statements(sql)) {
            Optional<SQLException> refusal = tryOne(statement);
            if (refusal.isPresent()) {
                throw new SQLException(statement, refusal.get());
            }
        }
    }

    static List<String> statements(String sql) {
        ParsedScript script = PARSER.parse(SourceText.of("script.sql", sql));
        if (!script.problems().isEmpty()) {
            throw new IllegalArgumentException(script.problems() + " in " + sql);
        }
        return script.statements().stream()
                .map(statement -> script.source().text(statement.span()))
                .toList();
    }

    /** Runs one statement; what the server refuses is not replayed. */
    Optional<SQLException> tryOne(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            return Optional.of(refused);
        }
        PARSER.parse(SourceText.of("statement.sql", sql)).statements().forEach(replay::run);
        return Optional.empty();
    }

    List<String> differences() throws SQLException {
        return ReplayedSnapshot.of(replay.end(), major).differences(ServerSnapshot.of(connection, major));
    }
}
