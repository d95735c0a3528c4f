package dev.lockstep.verify;

import dev.lockstep.source.Migration;
import java.util.List;

/**
 * The schema after an undo script against the one before the migration that it undoes.
 *
 * @param missing definitions that were there before
 * @param left definitions that were not
 */
public record UndoCheck(Migration undo, List<String> missing, List<String> left) {

    public UndoCheck {
        missing = List.copyOf(missing);
        left = List.copyOf(left);
    }

    public boolean restores() {
        return missing.isEmpty() && left.isEmpty();
    }
}
