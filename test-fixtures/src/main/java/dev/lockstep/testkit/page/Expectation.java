package dev.lockstep.testkit.page;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finding that a file's text announces in a comment under the line it stands on:
 *
 * <pre>
 * ALTER TABLE orders DROP COLUMN note;
 * --                 ^^^^^^^^^^^^^^^^ drop-column: deployed
 * DROP INDEX orders_note;
 * --!^^^^^^^^^ …        columns 1 to 3 belong to it
 * --! rule: cause       the whole statement that ends on the line above
 * </pre>
 */
record Expectation(String file, int line, int startColumn, int endColumn, String rule, String cause) {

    /** Stands for "to the end of the statement". */
    static final int STATEMENT_END = Integer.MAX_VALUE;

    private static final Pattern MARK = Pattern.compile("--(!?)( *)(\\^*) ?([a-z0-9/-]+): ([a-z0-9-]+)\\s*");

    /** The announced findings of a file; {@code line} is the line they start on. */
    static List<Expectation> read(String file, String text) {
        List<Expectation> expectations = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        int above = 0;
        for (int i = 0; i < lines.length; i++) {
            Matcher mark = MARK.matcher(lines[i]);
            if (!mark.matches()) {
                above = i + 1;
                continue;
            }
            boolean fromStart = !mark.group(1).isEmpty();
            boolean carets = !mark.group(3).isEmpty();
            if (!fromStart && !carets) {
                above = i + 1;
                continue;
            }
            expectations.add(new Expectation(
                    file,
                    above,
                    fromStart ? 1 : mark.start(3) + 1,
                    carets ? mark.end(3) + 1 : STATEMENT_END,
                    mark.group(4),
                    mark.group(5)));
        }
        return expectations;
    }

    /** Whether a line of text announces a finding, rather than being SQL or an ordinary comment. */
    static boolean isMark(String line) {
        Matcher mark = MARK.matcher(line);
        return mark.matches() && !(mark.group(1).isEmpty() && mark.group(3).isEmpty());
    }
}
