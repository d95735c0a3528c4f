package dev.lockstep.rules.support;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.Comparator;

/** Where a finding about a whole file stands. */
public final class FilePlace {

    private FilePlace() {}

    /** The first line of the first statement; the start of a file without one. */
    public static Span of(ParsedScript script) {
        return script.statements().stream()
                .map(Statement::span)
                .min(Comparator.comparingInt(Span::start))
                .map(span -> firstLine(script, span))
                .orElse(new Span(0, 0));
    }

    private static Span firstLine(ParsedScript script, Span span) {
        int lineEnd = script.source().content().indexOf('\n', span.start());
        int end = lineEnd < 0 ? span.end() : Math.min(lineEnd, span.end());
        boolean returns = end > span.start() && script.source().content().charAt(end - 1) == '\r';
        return new Span(span.start(), returns ? end - 1 : end);
    }
}
