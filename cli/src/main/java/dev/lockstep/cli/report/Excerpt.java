package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;

/** A piece of source with line numbers and carets, cut to fit a number of columns. */
final class Excerpt {

    private static final String INDENT = "  ";

    private final SourceText source;
    private final int width;
    private final Paint paint;
    private final Role role;

    /** @param role the colour of the carets */
    Excerpt(SourceText source, int width, Paint paint, Role role) {
        this.source = source;
        this.width = width;
        this.paint = paint;
        this.role = role;
    }

    /** The span's line with carets under it; of a span over several lines the first and the last. */
    List<String> lines(Span span) {
        Span trimmed = trimmed(span);
        Position start = source.position(trimmed.start());
        Position end = source.position(trimmed.end());
        int gutter = String.valueOf(end.line()).length();
        List<String> lines = new ArrayList<>();
        if (start.line() == end.line()) {
            show(start.line(), trimmed, gutter, lines);
            return lines;
        }
        Span first = source.line(start.line());
        Span last = source.line(end.line());
        show(start.line(), new Span(trimmed.start(), Math.max(trimmed.start(), first.end())), gutter, lines);
        if (end.line() - start.line() > 1) {
            lines.add(INDENT + paint.as(Role.FRAME, " ".repeat(gutter) + " : ") + between(start.line(), end.line()));
        }
        show(end.line(), new Span(firstNonBlank(last), trimmed.end()), gutter, lines);
        return lines;
    }

    private static String between(int first, int last) {
        int lines = last - first - 1;
        return lines == 1 ? "(1 line)" : "(" + lines + " lines)";
    }

    /** Without blanks at its end, which may reach into the next line. */
    private Span trimmed(Span span) {
        int end = span.end();
        while (end > span.start() && Character.isWhitespace(source.content().charAt(end - 1))) {
            end--;
        }
        return new Span(span.start(), end);
    }

    private int firstNonBlank(Span line) {
        int at = line.start();
        while (at < line.end() && Character.isWhitespace(source.content().charAt(at))) {
            at++;
        }
        return at;
    }

    private void show(int number, Span marked, int gutter, List<String> lines) {
        Span line = source.line(number);
        int room = Math.max(20, width - INDENT.length() - gutter - 3);
        LineView view = LineView.of(
                source.text(line),
                Math.min(marked.start(), line.end()) - line.start(),
                Math.min(marked.end(), line.end()) - line.start(),
                room);
        String label = String.valueOf(number);
        lines.add(INDENT
                + paint.as(Role.FRAME, " ".repeat(gutter - label.length()) + label + " |")
                + (view.text().isEmpty() ? "" : " " + view.text()));
        lines.add(INDENT
                + paint.as(Role.FRAME, " ".repeat(gutter) + " |")
                + " "
                + " ".repeat(view.caretColumn())
                + paint.as(role, "^".repeat(view.caretCount())));
    }
}
