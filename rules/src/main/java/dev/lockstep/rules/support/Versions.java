package dev.lockstep.rules.support;

import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.rule.StatementContext;
import java.util.List;

/** The versions of PostgreSQL that something holds on. */
public final class Versions {

    private Versions() {}

    /** Whether every version judged for refuses the statement, whatever the rows. */
    static boolean failsOnAll(StatementContext context, Footprint footprint) {
        return fails(footprint) && context.versions().stream().allMatch(version -> fails(context.footprint(version)));
    }

    private static boolean fails(Footprint footprint) {
        return footprint.failures().stream().anyMatch(failure -> failure.when() == Failure.When.ALWAYS);
    }

    /** {@code " on PostgreSQL 14 to 17"}; empty when the statement fails on every version judged for. */
    public static String suffix(StatementContext context, Failure failure) {
        List<PgVersion> failing = context.versions().stream()
                .filter(version -> context.footprint(version).failures().contains(failure))
                .toList();
        if (failing.isEmpty() || failing.size() == context.versions().size() && failing.size() > 1) {
            return "";
        }
        int first = failing.get(0).major();
        int last = failing.get(failing.size() - 1).major();
        return " on PostgreSQL " + (first == last ? first : first + " to " + last);
    }
}
