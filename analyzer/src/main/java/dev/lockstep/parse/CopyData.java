package dev.lockstep.parse;

import dev.lockstep.text.Span;
import java.util.Optional;

/**
 * The data lines that follow COPY … FROM stdin in a script.
 *
 * @param end behind the line {@code \.} that ends them, or the end of the text
 */
public record CopyData(Span lines, int end) {

    /** {@code from} is behind the statement's semicolon. */
    public static Optional<CopyData> after(String text, int from) {
        int lineStart = text.indexOf('\n', from) + 1;
        if (lineStart == 0 || lineStart >= text.length()) {
            return Optional.empty();
        }
        Token rest = new Lexer(text, from).next();
        if (rest.start() < lineStart && !rest.is(Token.Kind.COMMENT)) {
            return Optional.empty();
        }
        for (int at = lineStart; at < text.length(); ) {
            int newline = text.indexOf('\n', at);
            int lineEnd = newline < 0 ? text.length() : newline;
            if (text.startsWith("\\.", at) && text.substring(at, lineEnd).trim().equals("\\.")) {
                return Optional.of(new CopyData(new Span(lineStart, at), lineEnd));
            }
            at = lineEnd + 1;
        }
        return Optional.of(new CopyData(new Span(lineStart, text.length()), text.length()));
    }
}
