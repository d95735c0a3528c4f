package dev.lockstep.source;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A migration's version number; {@code 1}, {@code 1.0} and {@code 01} are the same version. */
public record Version(List<BigInteger> parts) implements Comparable<Version> {

    private static final Pattern FORM = Pattern.compile("[0-9]+(?:[._][0-9]+)*");

    /** Years come with four digits: what is longer than a day's date is no number that people count up. */
    private static final BigInteger FIRST_DATE = BigInteger.valueOf(1970_01_01);

    public Version {
        int length = parts.size();
        while (length > 1 && parts.get(length - 1).signum() == 0) {
            length--;
        }
        parts = List.copyOf(parts.subList(0, length));
    }

    /** Numbers between dots or underscores; empty for anything else. */
    public static Optional<Version> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new Version(
                        Arrays.stream(text.split("[._]")).map(BigInteger::new).toList()))
                : Optional.empty();
    }

    /** The numbers that a file's name begins with, as in {@code 007_orders.sql}. */
    public static Optional<Version> leading(String fileName) {
        int end = 0;
        while (end < fileName.length() && Character.digit(fileName.charAt(end), 10) >= 0) {
            end++;
        }
        return parse(fileName.substring(0, end));
    }

    /** Whether it is made of a date, so that nobody expects the next one to follow by one. */
    public boolean isDate() {
        return parts.get(0).compareTo(FIRST_DATE) >= 0;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int order = parts.get(i).compareTo(other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    @Override
    public String toString() {
        return parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
    }
}
