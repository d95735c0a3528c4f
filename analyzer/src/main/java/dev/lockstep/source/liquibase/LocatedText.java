package dev.lockstep.source.liquibase;

import dev.lockstep.text.DerivedText;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A value of a changelog, and where each part of it stands. */
record LocatedText(List<Part> parts) {

    static final LocatedText EMPTY = new LocatedText(List.of());

    /**
     * A part of the value.
     *
     * @param verbatim whether the file says it character by character
     */
    record Part(String text, Place origin, boolean verbatim) {

        Part cut(int from, int to) {
            int start = origin.span().start();
            Place place = verbatim ? new Place(origin.source(), new Span(start + from, start + to)) : origin;
            return new Part(text.substring(from, to), place, verbatim);
        }
    }

    LocatedText {
        parts = List.copyOf(parts);
    }

    static Part copied(SourceText file, int start, int end) {
        Span span = new Span(start, end);
        return new Part(file.text(span), new Place(file, span), true);
    }

    static Part standIn(String text, SourceText file, int start, int end) {
        return new Part(text, new Place(file, new Span(start, end)), false);
    }

    static LocatedText copy(SourceText file, int start, int end) {
        return new LocatedText(List.of(copied(file, start, end)));
    }

    static LocatedText copy(SourceText file) {
        return copy(file, 0, file.length());
    }

    String text() {
        return parts.size() == 1
                ? parts.get(0).text()
                : parts.stream().map(Part::text).collect(Collectors.joining());
    }

    boolean isBlank() {
        return parts.stream().allMatch(part -> part.text().isBlank());
    }

    LocatedText slice(int from, int to) {
        List<Part> cut = new ArrayList<>();
        int at = 0;
        for (Part part : parts) {
            int start = Math.max(from - at, 0);
            int end = Math.min(to - at, part.text().length());
            if (start < end) {
                cut.add(part.cut(start, end));
            }
            at += part.text().length();
        }
        return new LocatedText(cut);
    }

    LocatedText plus(LocatedText other) {
        List<Part> both = new ArrayList<>(parts);
        both.addAll(other.parts);
        return new LocatedText(both);
    }

    /** Where it all stands; a value that is empty stands nowhere. */
    Place place() {
        Place first = parts.get(0).origin();
        Place last = parts.get(parts.size() - 1).origin();
        return first.source() == last.source()
                ? new Place(first.source(), first.span().union(last.span()))
                : first;
    }

    void appendTo(DerivedText text) {
        for (Part part : parts) {
            if (part.verbatim()) {
                text.copy(part.origin().source(), part.origin().span());
            } else {
                text.insert(part.text(), part.origin().source(), part.origin().span());
            }
        }
    }
}
