package dev.lockstep.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The nearest of the names, if it is near enough that a slip of the hand explains the difference. */
    public static Optional<String> to(String typed, Collection<String> names) {
        String folded = fold(typed);
        return names.stream()
                .filter(name -> distance(folded, fold(name)) <= Math.max(1, name.length() / 3)
                        || (folded.length() > 2 && fold(name).startsWith(folded)))
                .min(Comparator.comparingInt(name -> distance(folded, fold(name))));
    }

    /** {@code ; did you mean x?} or nothing. */
    public static String hint(String typed, Collection<String> names) {
        return to(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Edits of one character, a swap of neighbours counting as one. */
    private static int distance(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                table[i][j] = i == 0 ? j : j == 0 ? i : cell(table, left, right, i, j);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int cell(int[][] table, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int least = Math.min(table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
