package dev.lockstep.rule;

import dev.lockstep.finding.Severity;
import java.util.Comparator;
import java.util.List;

/**
 * A rule's declaration; its prose is its page.
 *
 * @param id names what the SQL does; public API
 * @param summary one sentence without a full stop
 * @param since the first version of Lockstep that has it
 * @param set switched on together with
 * @param aliases what other linters call it, as {@code tool:name}
 */
public record RuleInfo(
        String id,
        String summary,
        Category category,
        RuleSet set,
        String since,
        List<String> aliases,
        List<Cause> causes,
        List<RuleOption<?>> options) {

    /** Of the safety set, with nothing to set. */
    public RuleInfo(
            String id, String summary, Category category, String since, List<String> aliases, List<Cause> causes) {
        this(id, summary, category, RuleSet.SAFETY, since, aliases, causes, List.of());
    }

    public RuleInfo {
        options = List.copyOf(options);
        aliases = List.copyOf(aliases);
        causes = List.copyOf(causes);
        if (causes.isEmpty()) {
            throw new IllegalArgumentException(id + " has no cause");
        }
    }

    /** Of its loudest cause. */
    public Severity severity() {
        return causes.stream()
                .map(Cause::severity)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** What kind of harm a rule looks for. */
    public enum Category {
        /** Readers or writers wait. */
        LOCKING,
        /** Code that is still deployed fails. */
        COMPATIBILITY,
        /** The migration itself fails. */
        FAILURE,
        /** Applied history was tampered with. */
        HISTORY,
        /** The schema gets a shape that its owners regret later, or have agreed not to use. */
        DESIGN,
        /** The analysis could not see everything. */
        ANALYSIS
    }
}
