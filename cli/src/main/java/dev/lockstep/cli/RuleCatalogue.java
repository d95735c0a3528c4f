package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.rule.Rule;
import dev.lockstep.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules there are, found by id or by what other linters call them. */
record RuleCatalogue(List<Rule> rules) {

    RuleCatalogue {
        rules = List.copyOf(rules);
    }

    /** Finds a rule by id, by alias, or by an alias without its tool. */
    Rule named(String name) {
        return find(name)
                .orElseThrow(() -> new UserError("there is no rule " + Printable.of(name) + Nearest.hint(name, names())
                        + (Nearest.to(name, names()).isEmpty() ? " (`lockstep rules` lists them)" : "")));
    }

    Optional<Rule> find(String name) {
        return rules.stream()
                .filter(rule -> rule.info().id().equals(name))
                .findFirst()
                .or(() -> rules.stream()
                        .filter(rule -> rule.info().aliases().stream()
                                .anyMatch(alias -> alias.equals(name) || alias.endsWith(":" + name)))
                        .findFirst());
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Rule rule : rules) {
            names.add(rule.info().id());
            names.addAll(rule.info().aliases());
        }
        return names;
    }
}
