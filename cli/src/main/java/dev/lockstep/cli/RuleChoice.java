package dev.lockstep.cli;

import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.rule.RuleSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which rules are asked, how loudly they speak, and with which options.
 *
 * @param levels given to rules by id; an empty level switches the rule off, any other switches it on
 * @param pin the version of Lockstep whose rules are asked; newer ones are not
 */
record RuleChoice(
        Set<RuleSet> sets, Map<String, Optional<Severity>> levels, Optional<RuleVersion> pin, RuleOptions options) {

    static final RuleChoice DEFAULT =
            new RuleChoice(EnumSet.of(RuleSet.SAFETY), Map.of(), Optional.empty(), RuleOptions.NONE);

    RuleChoice {
        sets = Set.copyOf(sets);
        levels = Map.copyOf(levels);
    }

    RuleChoice withSet(RuleSet set) {
        Set<RuleSet> more = EnumSet.copyOf(sets);
        more.add(set);
        return new RuleChoice(more, levels, pin, options);
    }

    RuleChoice withLevel(String rule, Optional<Severity> level) {
        Map<String, Optional<Severity>> more = new HashMap<>(levels);
        more.put(rule, level);
        return new RuleChoice(sets, more, pin, options);
    }

    RuleChoice withPin(RuleVersion version) {
        return new RuleChoice(sets, levels, Optional.of(version), options);
    }

    RuleChoice withOptions(RuleOptions other) {
        return new RuleChoice(sets, levels, pin, other);
    }

    List<Rule> on(List<Rule> rules) {
        return rules.stream().filter(rule -> isOn(rule.info())).toList();
    }

    private boolean isOn(RuleInfo rule) {
        return levels.containsKey(rule.id())
                ? levels.get(rule.id()).isPresent()
                : sets.contains(rule.set())
                        && pin.filter(version -> RuleVersion.of(rule.since()).compareTo(version) > 0)
                                .isEmpty();
    }

    Finding apply(Finding finding) {
        return levels.getOrDefault(finding.rule(), Optional.empty())
                .map(finding::withSeverity)
                .orElse(finding);
    }
}
