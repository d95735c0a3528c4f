package dev.lockstep.source;

import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.Span;
import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalInt;

/** Strings that end at known offsets, wherever statements do. */
final class StringEnds implements Strings {

    private final int[] ends;

    StringEnds(Collection<Integer> offsets) {
        this.ends = offsets.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public boolean together(Span before, Span statement) {
        return firstBehind(before.start()) == firstBehind(statement.start());
    }

    @Override
    public OptionalInt cutIn(Span statement) {
        int first = firstBehind(statement.start());
        return first < ends.length && ends[first] < statement.end() ? OptionalInt.of(ends[first]) : OptionalInt.empty();
    }

    /** The index of the first end behind an offset. */
    private int firstBehind(int offset) {
        int found = Arrays.binarySearch(ends, offset);
        return found < 0 ? -found - 1 : found + 1;
    }
}
