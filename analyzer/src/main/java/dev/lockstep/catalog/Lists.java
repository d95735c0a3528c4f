package dev.lockstep.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Immutable lists with one thing changed. */
final class Lists {

    private Lists() {}

    static <T> List<T> adding(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return List.copyOf(longer);
    }

    /** With the item in the place of the one it replaces, else at the end. */
    static <T> List<T> putting(List<T> list, T item, Predicate<T> replaced) {
        return list.stream().anyMatch(replaced) ? changing(list, replaced, old -> item) : adding(list, item);
    }

    static <T> List<T> without(List<T> list, Predicate<T> which) {
        return list.stream().filter(which.negate()).toList();
    }

    static <T> List<T> changing(List<T> list, Predicate<T> which, UnaryOperator<T> change) {
        return list.stream()
                .map(item -> which.test(item) ? change.apply(item) : item)
                .toList();
    }
}
