package dev.lockstep.verify;

/** The database is not one to run migrations on; the message says why in one line. */
public final class ScratchRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    ScratchRefused(String message) {
        super(message);
    }
}
