package dev.lockstep.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds a text out of pieces of files: what a migration tool sends is not always what the file says. The text remembers where each piece
 * came from.
 */
public final class DerivedText {

    private final StringBuilder content = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * A piece of the text.
     *
     * @param start its offset in the derived text
     * @param verbatim whether it says what its origin says, character by character
     */
    record Piece(int start, Place origin, boolean verbatim) {

        private int startOf(int offset) {
            return verbatim
                    ? origin.span().start() + offset - start
                    : origin.span().start();
        }

        private int endOf(int offset) {
            return verbatim
                    ? origin.span().start() + offset - start
                    : origin.span().end();
        }

        private boolean stands(Piece later) {
            return origin.source() == later.origin.source();
        }

        /** From an offset in this piece to an end in {@code last}, which is this one or a later one. */
        Place to(int from, Piece last, int end) {
            int start = startOf(from);
            int until = stands(last) ? last.endOf(end) : origin.span().end();
            return new Place(origin.source(), new Span(start, Math.max(start, until)));
        }
    }

    /** Appends what a file says. */
    public DerivedText copy(SourceText from, Span span) {
        return append(from.text(span), new Place(from, span), true);
    }

    /** Appends a text that stands for a place which says something else. */
    public DerivedText insert(String text, SourceText from, Span span) {
        return append(text, new Place(from, span), false);
    }

    private DerivedText append(String text, Place origin, boolean verbatim) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(content.length(), origin, verbatim));
            content.append(text);
        }
        return this;
    }

    /** How long the text is so far. */
    public int length() {
        return content.length();
    }

    /** @param file whose migration the text is; also where an empty text came from */
    public SourceText build(SourceText file) {
        if (pieces.isEmpty()) {
            pieces.add(new Piece(0, new Place(file, new Span(0, 0)), false));
        }
        return SourceText.derived(file.path(), content.toString(), file.charset(), pieces);
    }

    /** The same length and lines, but blank outside {@code spans}: the halves of a file that run at other times. */
    public static SourceText only(SourceText file, List<Span> spans) {
        StringBuilder blanked = new StringBuilder(file.length());
        int done = 0;
        for (Span span : spans) {
            blank(file, done, span.start(), blanked);
            blanked.append(file.content(), span.start(), span.end());
            done = span.end();
        }
        blank(file, done, file.length(), blanked);
        Piece whole = new Piece(0, new Place(file, new Span(0, file.length())), true);
        return SourceText.derived(file.path(), blanked.toString(), file.charset(), List.of(whole));
    }

    private static void blank(SourceText file, int from, int to, StringBuilder blanked) {
        for (int i = from; i < to; i++) {
            char c = file.content().charAt(i);
            blanked.append(c == '\n' || c == '\r' ? c : ' ');
        }
    }
}
