package dev.lockstep.rule;

import dev.lockstep.text.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Rules by the names that people know them by: their ids, and what other linters call them. */
public final class RuleNames {

    private final Map<String, String> ids = new HashMap<>();

    public RuleNames(Collection<Rule> rules) {
        for (Rule rule : rules) {
            RuleInfo info = rule.info();
            for (String alias : info.aliases()) {
                ids.put(alias, info.id());
                ids.putIfAbsent(alias.substring(alias.indexOf(':') + 1), info.id());
            }
        }
        rules.forEach(rule -> ids.put(rule.info().id(), rule.info().id()));
    }

    /** The id of the rule that is called so: by its id, by an alias, or by an alias without its tool. */
    public Optional<String> id(String name) {
        return Optional.ofNullable(ids.get(name));
    }

    /** The id of the rule that another linter calls so. */
    public Optional<String> id(String tool, String name) {
        return id(tool + ":" + name);
    }

    /** The id that was probably meant by a name that no rule has. */
    public Optional<String> nearest(String name) {
        return Nearest.to(name, new TreeSet<>(ids.values()));
    }
}
