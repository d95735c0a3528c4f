package dev.lockstep.cli.report;

import dev.lockstep.cli.user.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * One source line as a terminal shows it.
 *
 * @param text printable, tabs as blanks, cut to the room there is around the marked part
 * @param caretColumn columns before the first caret
 * @param caretCount at least one
 */
record LineView(String text, int caretColumn, int caretCount) {

    private static final int TAB = 4;
    private static final String CUT = "...";

    /** A character, or what stands for it, and the columns it fills. */
    private record Cell(String shown, int column, int columns) {
        int end() {
            return column + columns;
        }
    }

    /** Shows a line of which the UTF-16 offsets from {@code start} to {@code end} are marked. */
    static LineView of(String line, int start, int end, int room) {
        List<Cell> cells = new ArrayList<>();
        int column = 0;
        int from = -1;
        int to = -1;
        for (int at = 0; at < line.length(); ) {
            int codePoint = line.codePointAt(at);
            from = at >= start && from < 0 ? column : from;
            to = at >= end && to < 0 ? column : to;
            Cell cell = cell(codePoint, column);
            cells.add(cell);
            column = cell.end();
            at += Character.charCount(codePoint);
        }
        from = from < 0 ? column : from;
        to = to < 0 ? column : to;
        return cut(cells, column, from, Math.max(to, from + 1), room);
    }

    private static Cell cell(int codePoint, int column) {
        if (codePoint == '\t') {
            int blanks = TAB - column % TAB;
            return new Cell(" ".repeat(blanks), column, blanks);
        }
        String shown = Printable.of(codePoint);
        return new Cell(shown, column, Printable.width(shown));
    }

    private static LineView cut(List<Cell> cells, int columns, int from, int to, int room) {
        if (columns <= room && from < room) {
            return new LineView(join(cells, 0, columns).stripTrailing(), from, to - from);
        }
        int first =
                to <= room - CUT.length() ? 0 : Math.max(0, Math.min(from - room / 3, columns - room + CUT.length()));
        boolean cutLeft = first > 0;
        int left = cutLeft ? first + CUT.length() : 0;
        boolean cutRight = columns - first > room;
        int right = cutRight ? first + room - CUT.length() : columns;
        String text = (cutLeft ? CUT : "") + join(cells, left, right) + (cutRight ? CUT : "");
        int caret = Math.max(from, left) - first;
        int carets = Math.max(1, Math.min(to, Math.max(right, from + 1)) - Math.max(from, left));
        return new LineView(text.stripTrailing(), caret, carets);
    }

    /** The cells inside the columns; of a wide one cut in half a blank remains. */
    private static String join(List<Cell> cells, int left, int right) {
        StringBuilder text = new StringBuilder();
        for (Cell cell : cells) {
            if (cell.column() >= left && cell.end() <= right) {
                text.append(cell.shown());
            } else {
                text.append(" ".repeat(Math.max(0, Math.min(cell.end(), right) - Math.max(cell.column(), left))));
            }
        }
        return text.toString();
    }
}
