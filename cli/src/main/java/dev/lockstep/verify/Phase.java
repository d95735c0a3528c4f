package dev.lockstep.verify;

/** Which pass over the migrations a file was run in. */
public enum Phase {
    FORWARD("forward"),
    UNDO("undo"),
    FORWARD_AGAIN("forward again");

    private final String label;

    Phase(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
