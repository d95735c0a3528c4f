package dev.lockstep.cli;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the rule catalogue, such as {@code 0.1}. */
record RuleVersion(int major, int minor) implements Comparable<RuleVersion> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})");

    static Optional<RuleVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new RuleVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    static RuleVersion of(String since) {
        return parse(since).orElseThrow();
    }

    @Override
    public int compareTo(RuleVersion other) {
        return Comparator.comparingInt(RuleVersion::major)
                .thenComparingInt(RuleVersion::minor)
                .compare(this, other);
    }
}
