package dev.lockstep.rule;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A setting of a rule that the user may change.
 *
 * @param rule the rule's id
 * @param key names it within the rule; public API like the rule's id
 * @param takes what its value looks like: {@code a number}
 * @param reader makes a value of the words the user gave; throws {@link IllegalArgumentException} for what it can't be made of
 * @param otherwise the value when the user says nothing
 * @param written {@code otherwise}, as the user would write it
 * @param description one sentence without a full stop
 */
public record RuleOption<T>(
        String rule,
        String key,
        String takes,
        Function<List<String>, T> reader,
        T otherwise,
        String written,
        String description) {

    public static RuleOption<Integer> number(String rule, String key, int otherwise, String description) {
        return new RuleOption<>(
                rule,
                key,
                "a number",
                words -> Integer.valueOf(one(words)),
                otherwise,
                String.valueOf(otherwise),
                description);
    }

    public static RuleOption<Boolean> flag(String rule, String key, boolean otherwise, String description) {
        return new RuleOption<>(
                rule, key, "true or false", RuleOption::flag, otherwise, String.valueOf(otherwise), description);
    }

    public static RuleOption<List<String>> words(String rule, String key, List<String> otherwise, String description) {
        return new RuleOption<>(
                rule,
                key,
                "a list of words",
                List::copyOf,
                otherwise,
                "[" + String.join(", ", otherwise) + "]",
                description);
    }

    /** A regular expression that a whole name has to match. */
    public static RuleOption<Pattern> pattern(String rule, String key, String otherwise, String description) {
        return new RuleOption<>(
                rule,
                key,
                "a regular expression",
                RuleOption::pattern,
                Pattern.compile(otherwise),
                otherwise,
                description);
    }

    private static String one(List<String> words) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("one value is wanted");
        }
        return words.get(0);
    }

    private static Boolean flag(List<String> words) {
        return switch (one(words)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Pattern pattern(List<String> words) {
        try {
            return Pattern.compile(one(words));
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(wrong.getDescription(), wrong);
        }
    }
}
