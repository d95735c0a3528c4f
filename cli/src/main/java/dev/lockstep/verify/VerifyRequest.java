package dev.lockstep.verify;

import dev.lockstep.source.Migration;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param undo by the id of the migration it undoes
 * @param allowNonempty whether the database may hold tables already; they are unknown to the model
 */
public record VerifyRequest(List<Migration> migrations, Map<String, Migration> undo, boolean allowNonempty) {

    public VerifyRequest {
        migrations = List.copyOf(migrations);
        undo = Map.copyOf(undo);
    }
}
