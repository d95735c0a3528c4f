package dev.lockstep.cli;

import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The levels that the user gave to rules, by id; an empty level switches the rule off. */
record RuleLevels(Map<String, Optional<Severity>> byRule) {

    RuleLevels {
        byRule = Map.copyOf(byRule);
    }

    List<Rule> on(List<Rule> rules) {
        return rules.stream()
                .filter(rule -> byRule.getOrDefault(rule.info().id(), Optional.of(Severity.NOTE))
                        .isPresent())
                .toList();
    }

    Finding apply(Finding finding) {
        return byRule.getOrDefault(finding.rule(), Optional.empty())
                .map(finding::withSeverity)
                .orElse(finding);
    }
}
