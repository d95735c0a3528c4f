package dev.lockstep.parse;

import dev.lockstep.text.Span;
import java.util.Optional;

/** The data lines that follow COPY … FROM stdin in a script. */
public final class CopyData {

    private CopyData() {}

    /** The lines to the line {@code \.} or the end of the text; {@code from} is behind the statement's semicolon. */
    public static Optional<Span> after(String text, int from) {
        int lineStart = text.indexOf('\n', from) + 1;
        if (lineStart == 0 || lineStart >= text.length() || !restOfLineIsBlank(text, from)) {
            return Optional.empty();
        }
        int end = text.length();
        for (int at = lineStart; at < text.length(); ) {
            int newline = text.indexOf('\n', at);
            int lineEnd = newline < 0 ? text.length() : newline;
            if (text.startsWith("\\.", at) && text.substring(at, lineEnd).trim().equals("\\.")) {
                end = lineEnd;
                break;
            }
            at = lineEnd + 1;
        }
        return Optional.of(new Span(lineStart, end));
    }

    private static boolean restOfLineIsBlank(String text, int from) {
        for (int i = from; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.startsWith("--", i)) {
                return true;
            }
            if (!Lexer.isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
