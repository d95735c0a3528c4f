package dev.lockstep.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.rule.RuleSet;
import dev.lockstep.testkit.page.RulePageTester;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every SQL block of every rule's page, analysed. */
class RulePageTest {

    @TestFactory
    Stream<DynamicTest> blocksYieldExactlyTheFindingsTheyMark() {
        return new RulePageTester(BuiltinRules.all()).analysisTests();
    }

    @Test
    void everyRuleOfTheSafetySetIsShownAlone() {
        assertThat(new RulePageTester(BuiltinRules.all())
                        .neverAlone(BuiltinRules.all().stream()
                                .filter(rule -> rule.info().set() == RuleSet.SAFETY)
                                .toList()))
                .isEmpty();
    }
}
