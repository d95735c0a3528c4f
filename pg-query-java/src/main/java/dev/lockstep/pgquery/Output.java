package dev.lockstep.pgquery;

/** The parser's text for an input it took, in UTF-8. */
final class Output implements Outcome {
    private final byte[] utf8;

    Output(byte[] utf8) {
        this.utf8 = utf8;
    }

    byte[] utf8() {
        return utf8;
    }
}
