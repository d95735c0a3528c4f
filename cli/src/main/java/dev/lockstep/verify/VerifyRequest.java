package dev.lockstep.verify;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.source.Migration;
import dev.lockstep.source.ToolFacts.Grouping;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param schema a dump to fill the database with first
 * @param undo by the id of the migration it undoes
 * @param allowNonempty whether the database may hold tables already; they are unknown to the model
 * @param grouping which migrations share a transaction; where there are undo scripts, each has its own all the same
 */
public record VerifyRequest(
        Optional<ParsedScript> schema,
        List<Migration> migrations,
        Map<String, Migration> undo,
        boolean allowNonempty,
        Grouping grouping) {

    /** By a tool that gives each file a transaction of its own. */
    public VerifyRequest(
            Optional<ParsedScript> schema,
            List<Migration> migrations,
            Map<String, Migration> undo,
            boolean allowNonempty) {
        this(schema, migrations, undo, allowNonempty, Grouping.EACH_FILE);
    }

    public VerifyRequest {
        migrations = List.copyOf(migrations);
        undo = Map.copyOf(undo);
    }
}
