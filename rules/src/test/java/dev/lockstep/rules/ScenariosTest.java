package dev.lockstep.rules;

import dev.lockstep.testkit.page.RulePageTester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Changes over several files, analysed and run on PostgreSQL. */
class ScenariosTest {

    @TestFactory
    Stream<DynamicTest> theyYieldExactlyTheFindingsTheyMark() throws IOException {
        String scenarios = Files.readString(Path.of("src/test/resources/scenarios.md"));
        return new RulePageTester(BuiltinRules.all()).tests("scenarios", scenarios);
    }
}
