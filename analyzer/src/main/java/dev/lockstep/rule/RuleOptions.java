package dev.lockstep.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that the user gave to options of rules. */
public final class RuleOptions {

    public static final RuleOptions NONE = new RuleOptions(Map.of());

    private final Map<RuleOption<?>, Object> values;

    private RuleOptions(Map<RuleOption<?>, Object> values) {
        this.values = values;
    }

    /**
     * The same, with another value.
     *
     * @param words as the user wrote them
     * @throws IllegalArgumentException if that is no value of the option
     */
    public RuleOptions with(RuleOption<?> option, List<String> words) {
        Map<RuleOption<?>, Object> more = new HashMap<>(values);
        more.put(option, option.reader().apply(words));
        return new RuleOptions(more);
    }

    /** The user's value, or else the option's own. */
    @SuppressWarnings("unchecked") // with() stores what the option's reader makes
    public <T> T get(RuleOption<T> option) {
        return (T) values.getOrDefault(option, option.otherwise());
    }
}
