package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.Golden;
import org.junit.jupiter.api.Test;

final class LockTablePageTest {

    @Test
    void thePageIsGeneratedFromTheRows() {
        Golden.checkDocument("docs/locks.md", LockTablePage.markdown());
    }

    @Test
    void everyRowHasALine() {
        long lines = LockTablePage.markdown()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| when |"))
                .count();

        assertThat(lines).isEqualTo(LockTable.rows().size() + LockMode.values().length + 1);
    }
}
