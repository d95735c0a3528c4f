package dev.lockstep.cli;

import dev.lockstep.cli.user.Paint;
import dev.lockstep.cli.user.Paint.Role;
import dev.lockstep.cli.user.Paragraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule's page for a terminal: paragraphs filled to the width, code indented. */
final class PageView {

    private static final Pattern LIST_ITEM = Pattern.compile("((?:[-*]|\\d+\\.) +)(.*)");

    private final Paint paint;
    private final int width;

    PageView(Paint paint, int width) {
        this.paint = paint;
        this.width = Math.min(width, 100);
    }

    List<String> lines(String markdown) {
        List<String> lines = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        boolean inCode = false;
        for (String line : markdown.strip().split("\\R", -1)) {
            boolean fence = line.startsWith("```");
            if (inCode
                    || fence
                    || line.isBlank()
                    || line.startsWith("#")
                    || line.startsWith("|")
                    || LIST_ITEM.matcher(line).matches()) {
                fill(paragraph, lines);
            }
            if (fence) {
                inCode = !inCode;
                label(line, lines);
            } else if (inCode) {
                lines.add(line.isEmpty() ? "" : "    " + line);
            } else if (line.startsWith("#")) {
                lines.add(paint.as(Role.PLACE, line.replaceFirst("^#+ *", "").toUpperCase(Locale.ROOT)));
            } else if (line.isBlank() || line.startsWith("|")) {
                lines.add(line);
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        fill(paragraph, lines);
        return lines;
    }

    /** What an example is, from the words after {@code ```sql}. */
    private void label(String fence, List<String> lines) {
        String info = fence.replaceFirst("^```\\w*", "").strip();
        if (!info.isEmpty()) {
            lines.add(paint.as(Role.FRAME, "    -- " + info));
        }
    }

    private void fill(StringBuilder paragraph, List<String> lines) {
        if (paragraph.isEmpty()) {
            return;
        }
        Matcher item = LIST_ITEM.matcher(paragraph);
        String bullet = item.matches() ? item.group(1) : "";
        String text = item.matches() ? item.group(2) : paragraph.toString();
        List<String> wrapped = Paragraph.wrap(text, width - bullet.length());
        for (int i = 0; i < wrapped.size(); i++) {
            lines.add((i == 0 ? bullet : " ".repeat(bullet.length())) + wrapped.get(i));
        }
        paragraph.setLength(0);
    }
}
