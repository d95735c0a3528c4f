package dev.lockstep.rules;

import dev.lockstep.testkit.page.RulePageTester;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every SQL block of every rule's page, analysed. */
class RulePageTest {

    @TestFactory
    Stream<DynamicTest> blocksYieldExactlyTheFindingsTheyMark() {
        return new RulePageTester(BuiltinRules.all()).analysisTests();
    }
}
