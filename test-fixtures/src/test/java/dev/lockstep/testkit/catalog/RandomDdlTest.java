package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.catalog.RandomScript.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each statement that a server accepts of random scripts locks and does what the model says, those it refuses are nearly all foreseen, and the
 * scripts leave the schema that the replay arrives at. {@code -Dddl.seed=N} runs others, {@code -Dddl.scripts=N} more; one script's seed chooses its server.
 */
class RandomDdlTest {

    /** The same scripts wherever nobody asks for others, so that a build fails for what changed in it. */
    private static final long SEED = 20_260;

    private static final int SCRIPTS = 10;

    @Test
    void randomScripts() throws SQLException {
        long seed = Long.getLong("ddl.seed", SEED);
        int scripts = Integer.getInteger("ddl.scripts", SCRIPTS);
        int statements = 0;
        int accepted = 0;
        int surprises = 0;
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < scripts; i++) {
            RandomScript script = RandomScript.of(seed + i);
            Outcome outcome = script.run();
            statements += outcome.run().size();
            accepted += outcome.accepted();
            surprises += outcome.surprises();
            if (!outcome.isAsPredicted()) {
                differences.add(report(script, script.shortened(outcome)));
            }
        }
        assertThat(differences)
                .as("%d scripts", differences.size())
                .withFailMessage(() -> String.join("\n", differences))
                .isEmpty();
        assertThat(accepted).as("statements PostgreSQL accepted").isGreaterThan(statements / 5);
        assertThat(surprises)
                .as("refusals that were not foreseen, of %d", statements - accepted)
                .isLessThan((statements - accepted) / 20);
    }

    private static String report(RandomScript script, Outcome outcome) {
        return "-Dddl.seed=%d -Dddl.scripts=1 on PostgreSQL %d:%n    %s%n%s;"
                .formatted(
                        script.seed(),
                        script.major(),
                        String.join("\n    ", outcome.differences()),
                        String.join(";\n", outcome.run()));
    }
}
