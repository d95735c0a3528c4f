package dev.lockstep.sarif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code primaryLocationLineHash} of each line of a file, equal to what GitHub's upload action computes: it warns once per result that
 * has another. A line is hashed by the hundred characters from its start, blanks and tabs left out, into the following lines if need be.
 */
final class LineHashes {

    private static final int CHARACTERS = 100;
    private static final int FACTOR = 37;
    private static final char END_OF_FILE = '\uFFFF';

    private final List<String> hashes = new ArrayList<>();

    LineHashes(String content) {
        StringBuilder text = new StringBuilder();
        List<Integer> starts = squeeze(content + END_OF_FILE, text);
        Map<String, Integer> seen = new HashMap<>();
        for (int start : starts) {
            String hash = hash(text, start);
            hashes.add(hash + ":" + seen.merge(hash, 1, Integer::sum));
        }
    }

    /** Of a 1-based line. */
    String of(int line) {
        return hashes.get(line - 1);
    }

    /** Fills {@code text} with what counts, each line ending made one line feed, and answers where the lines start in it. */
    private static List<Integer> squeeze(String content, StringBuilder text) {
        List<Integer> starts = new ArrayList<>();
        boolean lineStart = true;
        boolean afterReturn = false;
        for (int i = 0; i < content.length(); i++) {
            char next = content.charAt(i);
            boolean skipped = next == ' ' || next == '\t' || (next == '\n' && afterReturn);
            afterReturn = next == '\r';
            if (skipped) {
                continue;
            }
            if (lineStart) {
                starts.add(text.length());
            }
            lineStart = next == '\n' || next == '\r';
            text.append(lineStart ? '\n' : next);
        }
        return starts;
    }

    private static String hash(CharSequence text, int start) {
        long hash = 0;
        for (int i = start; i < start + CHARACTERS; i++) {
            hash = hash * FACTOR + (i < text.length() ? text.charAt(i) : 0);
        }
        return Long.toHexString(hash);
    }
}
