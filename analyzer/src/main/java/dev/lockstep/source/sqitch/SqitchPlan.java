package dev.lockstep.source.sqitch;

import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The changes of a plan, in order, and the tags after which one of them was made anew under the same name. */
final class SqitchPlan {

    private static final Pattern CHANGE =
            Pattern.compile("\\+?\\s*([^\\s@%#+:-][^\\s@:]*)(?:\\s+\\[[^]]*])?(?:\\s.*)?");

    private static final Pattern TAG = Pattern.compile("@(\\S+).*");

    /**
     * A change.
     *
     * @param reworkedAfter the tags between it and the next change of its name, newest first; none if it is the last of its name
     */
    record Change(String name, Span line, List<String> reworkedAfter) {}

    private SqitchPlan() {}

    static List<Change> changes(SourceText plan) {
        List<Change> changes = new ArrayList<>();
        Map<String, Integer> latest = new HashMap<>();
        Map<String, List<String>> tagsSince = new HashMap<>();
        for (int number = 1; number <= plan.lineCount(); number++) {
            Span line = plan.line(number);
            String text = plan.text(line).strip();
            Matcher tag = TAG.matcher(text);
            Matcher change = CHANGE.matcher(text);
            if (tag.matches()) {
                tagsSince.values().forEach(tags -> tags.add(0, tag.group(1)));
            } else if (change.matches()) {
                String name = change.group(1);
                Integer before = latest.put(name, changes.size());
                if (before != null) {
                    Change earlier = changes.get(before);
                    changes.set(
                            before,
                            new Change(name, earlier.line(), List.copyOf(tagsSince.getOrDefault(name, List.of()))));
                }
                tagsSince.put(name, new ArrayList<>());
                changes.add(new Change(name, line, List.of()));
            }
        }
        return changes;
    }
}
