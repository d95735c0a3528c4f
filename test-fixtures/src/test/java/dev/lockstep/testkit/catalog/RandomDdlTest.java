package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random scripts leave the schema that the replay arrives at. {@code -Dddl.seed=N} repeats a run. */
class RandomDdlTest {

    /** The same scripts wherever nobody asks for others, so that a build fails for what changed in it. */
    private static final long SEED = 20_260;

    private static final int SCRIPTS = 12;
    private static final int STATEMENTS = 60;

    @Test
    void randomScripts() throws SQLException {
        long seed = Long.getLong("ddl.seed", SEED);
        List<Integer> majors = PgMatrix.majors();
        int major = majors.get(new Random(seed).nextInt(majors.size()));
        int accepted = 0;
        try (ScratchDatabase database = PgMatrix.server(major).database()) {
            for (int i = 0; i < SCRIPTS; i++) {
                database.reset();
                accepted += run(database, major, seed + i);
            }
        }
        assertThat(accepted).as("statements PostgreSQL accepted").isGreaterThan(SCRIPTS * STATEMENTS / 5);
    }

    /** Runs one script; returns how many of its statements the server accepted. */
    static int run(ScratchDatabase database, int major, long seed) throws SQLException {
        SqlGenerator generator = new SqlGenerator(seed);
        List<String> script = new ArrayList<>();
        try (Connection connection = database.connect()) {
            SideBySide both = new SideBySide(connection, major);
            for (String statement : generator.preamble()) {
                both.run(statement);
            }
            for (int i = 0; i < STATEMENTS; i++) {
                String statement = generator.next();
                if (both.tryOne(statement).isEmpty()) {
                    script.add(statement);
                }
            }
            assertThat(both.differences())
                    .as("-Dddl.seed=%d on PostgreSQL %d:%n%s", seed, major, String.join(";\n", script))
                    .isEmpty();
        }
        return script.size();
    }
}
