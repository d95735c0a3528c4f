package dev.lockstep.engine;

import dev.lockstep.lock.Settings;
import dev.lockstep.sql.Statement;
import java.util.Optional;

/** The settings that a file makes for itself. What it rolls back, or may have, is unknown again. */
final class SettingsReplay {

    private Optional<String> ofSession = Optional.empty();
    private Optional<String> ofTransaction = Optional.empty();

    Settings now() {
        return new Settings(ofTransaction.or(() -> ofSession));
    }

    /** Runs a statement, in a transaction block or by itself. */
    void run(Statement statement, boolean inBlock) {
        if (statement instanceof Statement.Transaction control) {
            control(control.kind());
        } else if (statement instanceof Statement.SetParameter set && isTimeZone(set)) {
            set(set, inBlock);
        }
    }

    /** A string of several statements ends, and its transaction with it. */
    void endTransaction() {
        ofTransaction = Optional.empty();
    }

    private static boolean isTimeZone(Statement.SetParameter set) {
        return set.name().equals("timezone") || set.name().equals("all");
    }

    private void set(Statement.SetParameter set, boolean inBlock) {
        Optional<String> zone =
                set.values().size() == 1 ? Optional.of(set.values().get(0)) : Optional.empty();
        if (set.local()) {
            ofTransaction = inBlock ? zone : ofTransaction;
        } else {
            ofSession = zone;
            ofTransaction = Optional.empty();
        }
    }

    private void control(Statement.Transaction.Kind kind) {
        switch (kind) {
            case COMMIT, PREPARE -> ofTransaction = Optional.empty();
            case ROLLBACK, ROLLBACK_TO -> {
                ofTransaction = Optional.empty();
                ofSession = Optional.empty();
            }
            default -> {}
        }
    }
}
