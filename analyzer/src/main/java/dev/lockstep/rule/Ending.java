package dev.lockstep.rule;

import dev.lockstep.catalog.Catalog;
import java.util.function.Predicate;

/**
 * Where the whole history ends.
 *
 * @param schema what it leaves behind
 * @param laterMigrations how many of its migrations come after the one that is judged
 */
public record Ending(Catalog schema, int laterMigrations) {

    static final Predicate<Ending> ANY = ending -> true;
}
