package dev.lockstep.cli.user;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines at blanks. */
public final class Paragraph {

    private Paragraph() {}

    /**
     * Lines of at most {@code width} columns, as far as words allow. Line breaks in the text stay; indented lines are code and are not
     * touched. What a terminal would obey is escaped.
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.strip().split("\\R", -1)) {
            if (line.startsWith("  ") || line.startsWith("\t")) {
                lines.add(Printable.of(line.replace("\t", "    ")));
            } else {
                fill(Printable.of(line), width, lines);
            }
        }
        return lines;
    }

    private static void fill(String text, int width, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" +", -1)) {
            if (!line.isEmpty() && Printable.width(line.toString()) + 1 + Printable.width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }
}
