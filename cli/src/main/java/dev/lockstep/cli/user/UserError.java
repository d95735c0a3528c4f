package dev.lockstep.cli.user;

/** Something the user can put right; the message is one line that says what. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message, null, false, false);
    }
}
