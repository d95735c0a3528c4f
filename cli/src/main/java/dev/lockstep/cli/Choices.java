package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.text.Nearest;
import java.util.Arrays;
import java.util.List;

/** Options that take one of a few words. */
final class Choices {

    static final List<String> FORMATS = List.of("text", "gcc", "json", "sarif");
    static final List<String> EXPLANATION_FORMATS = List.of("text", "json", "markdown");
    static final List<String> VERIFICATION_FORMATS = List.of("text", "json");
    static final List<String> THRESHOLDS = List.of("error", "warning", "note", "never");
    static final List<String> LEVELS = List.of("error", "warning", "note", "off");
    static final List<String> SETS =
            Arrays.stream(RuleSet.values()).map(RuleSet::label).toList();
    static final List<String> COLOURS = List.of("auto", "always", "never");

    private Choices() {}

    static String list(List<String> words) {
        return String.join(", ", words);
    }

    /** The word, if it is one of those the option takes. */
    static String check(String option, String word, List<String> words) {
        if (words.contains(word)) {
            return word;
        }
        String near = Nearest.hint(word, words);
        throw new UserError(option + " takes " + list(words) + ", not " + Printable.of(word) + near);
    }
}
