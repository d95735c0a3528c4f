package dev.lockstep.text;

/** A 1-based line and column; columns count UTF-16 code units, as SARIF and editors do. */
public record Position(int line, int column) {

    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("positions start at 1:1, not " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
