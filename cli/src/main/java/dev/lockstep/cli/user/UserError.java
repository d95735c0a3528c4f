package dev.lockstep.cli.user;

/** Something the user can put right; the message is one line that says what. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String line;

    public UserError(String line) {
        super(line, null, false, false);
        this.line = line;
    }

    /** What is wrong, on one line. */
    public String line() {
        return line;
    }
}
