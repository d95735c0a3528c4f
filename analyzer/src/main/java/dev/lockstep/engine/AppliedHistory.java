package dev.lockstep.engine;

import dev.lockstep.source.Migration;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Optional;

/** What is known of migrations that were applied already. */
@FunctionalInterface
public interface AppliedHistory {

    /** Nothing is known. */
    AppliedHistory NONE = migration -> Optional.empty();

    /** The text that {@code migration} had when it was applied, if it was. */
    Optional<SourceText> appliedText(Migration migration);

    /** The applied migrations, as they were then: those that are gone now too. */
    default List<Migration> applied() {
        return List.of();
    }
}
