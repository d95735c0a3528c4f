package dev.lockstep.catalog;

import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;

/**
 * What code does when it runs, as far as it and the catalog decide.
 *
 * @param steps its SQL statements, in order; those of either branch where nobody knows which is taken
 * @param raised the errors it raises itself
 * @param commits whether it ends the transaction it runs in
 * @param opaque the parts of it that may do anything
 * @param after the schema it leaves
 * @param end when it ends: in a later transaction than it began, if it commits
 */
public record CodeRun(
        List<Step> steps, List<Raised> raised, Likelihood commits, List<Span> opaque, Catalog after, Moment end) {

    public enum Likelihood {
        NEVER,
        PERHAPS,
        ALWAYS;

        Likelihood or(Likelihood other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * An SQL statement.
     *
     * @param certain whether it is run in any case
     * @param again whether it was met before, in an earlier round of its loop
     * @param caught the SQLSTATEs of errors that the code handles; {@code *} is any, {@code ?} one that is not known
     */
    public record Step(
            Statement statement,
            Catalog before,
            Catalog after,
            Moment now,
            boolean certain,
            boolean again,
            List<String> caught) {
        public Step {
            caught = List.copyOf(caught);
        }
    }

    /** An error that the code raises, in any case or perhaps. */
    public record Raised(String sqlState, boolean certain, String message) {}

    public CodeRun {
        steps = List.copyOf(steps);
        raised = List.copyOf(raised);
        opaque = List.copyOf(opaque);
    }

    /** Runs code against a catalog. */
    public static CodeRun of(Invocation invocation, Catalog catalog, Moment now) {
        return new CodeReplay(invocation, Calls.none().to(invocation)).run(catalog, now);
    }

    /** Of a DO, or of the CALL of a known procedure. */
    public static Optional<CodeRun> of(Statement statement, Catalog catalog, Moment now) {
        return statement instanceof RoutineStatement routine
                ? Invocation.of(routine, catalog).map(invocation -> of(invocation, catalog, now))
                : Optional.empty();
    }

    /** Whether an error is handled where the conditions are. */
    public static boolean catches(List<String> conditions, String sqlState) {
        return conditions.stream()
                .anyMatch(condition -> condition.equals("*")
                        || condition.equals(sqlState)
                        || (condition.endsWith("000") && sqlState.startsWith(condition.substring(0, 2))));
    }
}
