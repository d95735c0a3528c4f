package dev.lockstep.text;

/** A range of a file. */
public record Place(SourceText source, Span span) {

    public Position start() {
        return source.position(span.start());
    }

    /** One past the last character. */
    public Position end() {
        return source.position(span.end());
    }
}
