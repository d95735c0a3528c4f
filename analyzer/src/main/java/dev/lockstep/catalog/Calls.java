package dev.lockstep.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The code that called the code that runs.
 *
 * @param names outermost first
 * @param statementsLeft of all the code that runs together: code that calls code that calls code must end
 */
record Calls(List<String> names, AtomicInteger statementsLeft) {

    /** What is called from deeper is not followed. */
    private static final int DEEPEST = 8;

    private static final int MOST_STATEMENTS = 20_000;

    Calls {
        names = List.copyOf(names);
    }

    static Calls none() {
        return new Calls(List.of(), new AtomicInteger(MOST_STATEMENTS));
    }

    boolean canReach(Invocation invocation) {
        return names.size() < DEEPEST && !names.contains(invocation.name());
    }

    /** Asked once a statement. */
    boolean mayGoOn() {
        return statementsLeft.decrementAndGet() > 0;
    }

    Calls to(Invocation invocation) {
        List<String> longer = new ArrayList<>(names);
        longer.add(invocation.name());
        return new Calls(longer, statementsLeft);
    }
}
