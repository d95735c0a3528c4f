package dev.lockstep.rule;

import dev.lockstep.finding.Severity;
import java.util.List;

/**
 * One way in which a rule's hazard comes about.
 *
 * @param key names it within the rule; public API like the rule's id
 * @param message with {@code {0}}, {@code {1}} … for the arguments; the first sentence is complete in itself
 * @param advice what to do instead, with the same arguments; may be empty
 */
public record Cause(String key, Severity severity, Hazard hazard, String message, String advice) {

    public String message(List<String> arguments) {
        return fill(message, arguments);
    }

    public String advice(List<String> arguments) {
        return fill(advice, arguments);
    }

    private static String fill(String template, List<String> arguments) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            int close = template.indexOf('}', open);
            filled.append(template, at, open);
            filled.append(arguments.get(Integer.parseInt(template.substring(open + 1, close))));
            at = close + 1;
        }
        return filled.append(template, at, template.length()).toString();
    }
}
