package dev.lockstep.rules.support;

import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.Statement.SetParameter;
import java.util.regex.Pattern;

/** The lock_timeout that a file sets for its own statements. */
public final class LockTimeout {

    private static final Pattern OFF = Pattern.compile("0+ *[a-z]*");

    private LockTimeout() {}

    /** Whether the statement gives up after a while when it doesn't get a lock, so that nobody queues behind it for longer. */
    public static boolean guards(StatementContext context) {
        boolean guarded = false;
        for (StatementContext earlier : context.earlier()) {
            if (earlier.statement() instanceof SetParameter set && sets(set) && holds(set, earlier, context)) {
                guarded = set.values().stream()
                        .anyMatch(value -> !OFF.matcher(value).matches());
            }
        }
        return guarded;
    }

    private static boolean sets(SetParameter set) {
        return set.name().equals("lock_timeout") || set.name().equals("all");
    }

    private static boolean holds(SetParameter set, StatementContext at, StatementContext now) {
        return !set.local() || at.transaction().inBlock() && at.now().equals(now.now());
    }
}
