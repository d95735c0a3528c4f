package dev.lockstep.source.psql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code \if} and its like. Where the condition is not known, both sides count. */
final class Conditions {

    private enum Branch {
        /** Runs. */
        TAKEN,
        /** Does not run, but a later side may. */
        WAITING,
        /** Does not run, and no later side will. */
        DONE,
        /** May run. */
        UNKNOWN
    }

    private final Deque<Branch> branches = new ArrayDeque<>();

    /** Whether what stands here can run. */
    boolean active() {
        return branches.stream().allMatch(branch -> branch == Branch.TAKEN || branch == Branch.UNKNOWN);
    }

    /** Whether what stands here runs for sure. */
    boolean certain() {
        return branches.stream().allMatch(branch -> branch == Branch.TAKEN);
    }

    /** Sees a command; answers whether it was one of these, and decided. */
    boolean decided(Command command) {
        switch (command.name()) {
            case "\\if" -> {
                branches.push(active() ? branch(command) : Branch.DONE);
                return branches.element() != Branch.UNKNOWN;
            }
            case "\\elif" -> {
                return next(command);
            }
            case "\\else" -> {
                return next(new Command("\\if", List.of(Optional.of("true"))));
            }
            case "\\endif" -> {
                return !branches.isEmpty() && branches.pop() != Branch.UNKNOWN;
            }
            default -> {
                return false;
            }
        }
    }

    /** The side that follows one; after one that may have run it may run too. */
    private boolean next(Command condition) {
        if (branches.isEmpty()) {
            return false;
        }
        Branch before = branches.pop();
        branches.push(
                switch (before) {
                    case TAKEN, DONE -> Branch.DONE;
                    case WAITING -> branch(condition);
                    case UNKNOWN -> Branch.UNKNOWN;
                });
        return branches.element() != Branch.UNKNOWN;
    }

    private static Branch branch(Command command) {
        return truth(command.joined(0))
                .map(taken -> taken ? Branch.TAKEN : Branch.WAITING)
                .orElse(Branch.UNKNOWN);
    }

    private static Optional<Boolean> truth(Optional<String> value) {
        return value.flatMap(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> Optional.of(true);
            case "false", "f", "no", "n", "off", "of", "0" -> Optional.of(false);
            default -> Optional.empty();
        });
    }
}
