package dev.lockstep.testkit.catalog;

import dev.lockstep.testkit.catalog.PredictedSession.Step;
import dev.lockstep.testkit.postgres.PgMatrix;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A random script of one seed, which also chooses the server. */
record RandomScript(long seed, int major, List<String> statements) {

    private static final int LENGTH = 60;

    /**
     * What came of a script.
     *
     * @param run the statements up to the first that ran and did otherwise than predicted, or all
     * @param accepted how many the server ran
     * @param surprises how many it refused for a reason that was not predicted; it has more of them than the model has rows
     * @param differences of the last statement, or else of the schema that all of them left
     */
    record Outcome(List<String> run, int accepted, int surprises, List<String> differences) {

        boolean isAsPredicted() {
            return differences.isEmpty();
        }
    }

    static RandomScript of(long seed) {
        List<Integer> majors = PgMatrix.majors();
        SqlGenerator generator = new SqlGenerator(seed);
        List<String> statements = new ArrayList<>(generator.preamble());
        for (int i = 0; i < LENGTH; i++) {
            statements.add(generator.next());
        }
        return new RandomScript(seed, majors.get((int) Math.floorMod(seed, (long) majors.size())), statements);
    }

    Outcome run() throws SQLException {
        try (ScratchDatabase database = PgMatrix.server(major).database()) {
            return run(database, statements);
        }
    }

    private Outcome run(ScratchDatabase database, List<String> script) throws SQLException {
        List<String> run = new ArrayList<>();
        int accepted = 0;
        int surprises = 0;
        try (PredictedSession session = new PredictedSession(database, major)) {
            for (String statement : script) {
                Step step = session.run(statement);
                run.add(statement);
                accepted += step.accepted() ? 1 : 0;
                surprises += step.accepted() || step.isForeseen() ? 0 : 1;
                if (step.accepted() && !step.isForeseen()) {
                    return new Outcome(run, accepted, surprises, step.differences());
                }
            }
            return new Outcome(run, accepted, surprises, session.schemaDifferences());
        }
    }

    /** Without the statements that one of the differences does not need. */
    Outcome shortened(Outcome different) throws SQLException {
        Outcome shortest = different;
        try (ScratchDatabase database = PgMatrix.server(major).database()) {
            for (int size = 16; size > 0; size /= 2) {
                for (int end = shortest.run().size(); end > 0; end -= size) {
                    List<String> shorter = new ArrayList<>(shortest.run());
                    shorter.subList(Math.max(0, end - size), Math.min(end, shorter.size()))
                            .clear();
                    database.reset();
                    Outcome outcome = run(database, shorter);
                    boolean same = outcome.differences().stream().anyMatch(different.differences()::contains);
                    shortest = same ? outcome : shortest;
                }
            }
        }
        return shortest;
    }
}
