package dev.lockstep.source.psql;

import dev.lockstep.text.DerivedText;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code \copy}, which to the server is COPY.
 *
 * @param line where it stands
 * @param other the file, program or stream on the other end, a part of the line
 * @param rowsFollow whether the rows stand in the script
 */
record CopyCommand(SourceText file, Span line, Span other, boolean rowsFollow) {

    private static final Pattern OTHER_END =
            Pattern.compile("(?i)\\s+(from|to)\\s+(program\\s+'(?:[^']|'')*'|'(?:[^']|'')*'|\\S+)");

    static Optional<CopyCommand> parse(SourceText file, Span line) {
        String text = file.text(line).stripTrailing();
        int from = "\\copy".length();
        String rest = text.substring(from).stripLeading();
        int start = rest.startsWith("(") ? closing(text, text.length() - rest.length()) : from;
        Matcher other = OTHER_END.matcher(text);
        if (!other.find(Math.min(start, text.length()))) {
            return Optional.empty();
        }
        Span span = new Span(line.start() + other.start(2), line.start() + other.end(2));
        boolean rows = other.group(1).equalsIgnoreCase("from") && other.group(2).equalsIgnoreCase("stdin");
        return Optional.of(new CopyCommand(file, new Span(line.start(), line.start() + text.length()), span, rows));
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); ) {
            int quoted = Quoting.skip(text, at);
            if (quoted > at) {
                at = quoted;
                continue;
            }
            depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            at++;
            if (depth == 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Sends the COPY, the file's name in quotes, and a semicolon. */
    void sendTo(DerivedText sent) {
        sent.copy(file, new Span(line.start() + 1, other.start()));
        String name = file.text(other);
        boolean plain = name.startsWith("'") || name.toLowerCase(Locale.ROOT).matches("stdin|stdout|program\\s.*");
        if (plain) {
            sent.copy(file, other);
        } else {
            sent.insert("'" + name.replace("'", "''") + "'", file, other);
        }
        sent.copy(file, new Span(other.end(), line.end()));
        int end = line.end();
        boolean ended = file.text(line).endsWith(";");
        sent.insert(ended ? "\n" : ";\n", file, new Span(end, end));
        if (rowsFollow) {
            sent.insert("\\.", file, new Span(end, end));
        }
    }

    /** Behind the line, or the rows that follow it. */
    int endOfRows(String text) {
        if (!rowsFollow) {
            return line.end();
        }
        int end = text.indexOf("\n\\.", line.end());
        return end < 0 ? text.length() : Quoting.indexOrEnd(text, '\n', end + 1);
    }
}
