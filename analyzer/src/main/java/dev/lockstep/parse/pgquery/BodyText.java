package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.RawSqlParser.Places;
import dev.lockstep.text.Span;
import java.util.Arrays;
import java.util.Optional;

/** The source code in a string literal, and where each of its characters stands. */
record BodyText(String text, Places places) {

    /** Of a literal in {@code content}, which itself stands at {@code outer}; absent for the rarest of quoting. */
    static Optional<BodyText> of(String content, int start, int end, Places outer) {
        char first = content.charAt(start);
        if (first == '$') {
            int tag = content.indexOf('$', start + 1) + 1 - start;
            return end - start < 2 * tag
                    ? Optional.empty()
                    : Optional.of(verbatim(content, start + tag, end - tag, outer));
        }
        boolean escapes = first == 'e' || first == 'E';
        int quote = escapes ? start + 1 : start;
        return content.charAt(quote) == '\'' ? unescape(content, quote, end, escapes, outer) : Optional.empty();
    }

    /** A stretch of {@code content} as it stands. */
    static BodyText verbatim(String content, int start, int end, Places outer) {
        return new BodyText(content.substring(start, end), (from, to) -> outer.inFile(start + from, start + to));
    }

    /** Text that stands nowhere: what it says is said at {@code place}. */
    static BodyText madeAt(String text, Span place) {
        return new BodyText(text, (from, to) -> place);
    }

    private static Optional<BodyText> unescape(String content, int quote, int end, boolean escapes, Places outer) {
        StringBuilder text = new StringBuilder();
        int[] starts = new int[end - quote + 1];
        int at = quote + 1;
        boolean inside = true;
        while (at < end) {
            char c = content.charAt(at);
            int width = 1;
            char meant = c;
            if (!inside) {
                inside = c == '\'';
                at++;
                continue;
            }
            if (c == '\'') {
                if (at + 1 >= end || content.charAt(at + 1) != '\'') {
                    inside = false;
                    at++;
                    continue;
                }
                width = 2;
            } else if (c == '\\' && escapes) {
                if (at + 1 >= end
                        || Character.isDigit(content.charAt(at + 1))
                        || "xuU".indexOf(content.charAt(at + 1)) >= 0) {
                    return Optional.empty();
                }
                width = 2;
                meant = switch (content.charAt(at + 1)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'b' -> '\b';
                    case 'f' -> '\f';
                    default -> content.charAt(at + 1);
                };
            }
            starts[text.length()] = at;
            text.append(meant);
            at += width;
        }
        starts[text.length()] = end - 1;
        int[] places = Arrays.copyOf(starts, text.length() + 1);
        return Optional.of(new BodyText(text.toString(), (from, to) -> {
            // A character takes two at most; what lies between two literals belongs to neither.
            int last = to > from ? Math.min(places[to], places[to - 1] + 2) : places[from];
            return outer.inFile(places[from], last);
        }));
    }
}
