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
 * @param aliases what other linters call it, as {@code tool:name}
 */
public record RuleInfo(
        String id, String summary, Category category, String since, List<String> aliases, List<Cause> causes) {

    public RuleInfo {
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
        /** The analysis could not see everything. */
        ANALYSIS
    }
}
