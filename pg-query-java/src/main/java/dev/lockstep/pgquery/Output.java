package dev.lockstep.pgquery;

/** The parser's text for an input it took, in UTF-8. */
record Output(byte[] utf8) implements Outcome {}
