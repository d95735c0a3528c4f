package dev.lockstep.pgquery;

/** The module trapped, ran out of stack or gave up: its memory can no longer be trusted. */
final class ModuleFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PgQueryException.Kind kind;
    private final String problem;

    ModuleFault(PgQueryException.Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.problem = message;
    }

    ModuleFault(PgQueryException.Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.problem = message;
    }

    PgQueryException.Kind kind() {
        return kind;
    }

    String problem() {
        return problem;
    }
}
