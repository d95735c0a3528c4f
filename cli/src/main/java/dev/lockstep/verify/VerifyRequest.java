package dev.lockstep.verify;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.source.Migration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param schema a dump to fill the database with first
 * @param undo by the id of the migration it undoes
 * @param allowNonempty whether the database may hold tables already; they are unknown to the model
 */
public record VerifyRequest(
        Optional<ParsedScript> schema, List<Migration> migrations, Map<String, Migration> undo, boolean allowNonempty) {

    public VerifyRequest {
        migrations = List.copyOf(migrations);
        undo = Map.copyOf(undo);
    }
}
