package dev.lockstep.rule;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A migration history with some migrations that are judged. */
public interface HistoryContext {

    /** As their tool sees them. */
    Migrations migrations();

    /** The versions judged for, oldest first. */
    List<PgVersion> versions();

    /** Whether findings about the migration are wanted. */
    boolean isJudged(Migration migration);

    /** The migrations that were applied, as they were then; none when nothing says. */
    List<Migration> applied();

    /** The statements of a migration or undo script. */
    ParsedScript script(Migration migration);

    /** What a judged migration makes of the schema; known for those that have an undo script, and for repeatable ones. */
    Optional<Passage> passage(Migration migration);

    /** What would come of running a script on a schema. */
    TrialRun tryOn(Catalog schema, Migration migration);

    /** The schema before a migration and after it. */
    record Passage(Catalog before, Catalog after) {}

    /** A run that was only thought out. */
    record TrialRun(List<TrialStatement> statements, Catalog after) {
        public TrialRun {
            statements = List.copyOf(statements);
        }
    }

    /** @param footprint the worst on any version judged for */
    record TrialStatement(Statement statement, Catalog before, Footprint footprint) {}
}
