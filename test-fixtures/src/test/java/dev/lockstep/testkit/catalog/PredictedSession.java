package dev.lockstep.testkit.catalog;

import dev.lockstep.catalog.CatalogSeed;
import dev.lockstep.engine.TransactionReplay;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.lock.Settings;
import dev.lockstep.observe.Circumstances;
import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.Difference;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.SourceText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs statements on empty tables of a server, and holds what each does there, and the schema they leave, against what was predicted. */
final class PredictedSession implements AutoCloseable {

    private static final ScriptParser PARSER = ScriptParser.create();
    private static final LockModel MODEL = new LockModel();
    private static final Settings SETTINGS = new Settings(Optional.of("UTC"));

    private static final String UNDEFINED_COLUMN = "42703";

    /** Some forms the grammar knows only to say that there is no such feature. */
    private static final Footprint NOT_SQL = new Footprint(
            List.of(),
            true,
            List.of(
                    new Failure("42601", When.ALWAYS, "syntax error"),
                    new Failure("0A000", When.ALWAYS, "not supported")),
            true);

    private final ScratchDatabase database;
    private final int major;
    private final PgVersion version;
    private final ObservedSession session;
    private final TransactionReplay replay = new TransactionReplay(CatalogSeed.of(List.of()), Mode.AUTOCOMMIT, 0, 0);

    PredictedSession(ScratchDatabase database, int major) throws SQLException {
        this.database = database;
        this.major = major;
        this.version = PgVersion.ofMajor(major).orElseThrow();
        this.session = ObservedSession.open(database);
    }

    /**
     * What a statement did.
     *
     * @param accepted whether it ran
     * @param differences each way in which it did otherwise than predicted
     */
    record Step(boolean accepted, List<String> differences) {

        boolean isForeseen() {
            return differences.isEmpty();
        }
    }

    Step run(String sql) throws SQLException {
        Optional<Statement> statement = PARSER.parse(SourceText.of("statement.sql", sql)).statements().stream()
                .findFirst();
        Footprint predicted = statement
                .map(known -> MODEL.footprint(known, replay.catalog(), List.of(version), SETTINGS))
                .orElse(NOT_SQL);
        Observation seen = session.run(sql);
        boolean accepted = seen.failure().isEmpty();
        if (accepted) {
            statement.ifPresent(replay::run);
        }
        if (statement.isPresent() && isMistakenQuery(statement.get(), seen)) {
            return new Step(accepted, List.of());
        }
        if (!predicted.known()) {
            return new Step(accepted, List.of("the model does not know the statement"));
        }
        Circumstances circumstances = new Circumstances(false, true, false, isBlamedOnRows(predicted, seen));
        return new Step(
                accepted,
                Comparison.differences(predicted, seen, circumstances).stream()
                        .map(Difference::toString)
                        .toList());
    }

    /** The model knows what a query reads, but does not look its columns up. */
    private static boolean isMistakenQuery(Statement statement, Observation seen) {
        boolean query = statement instanceof Statement.CreateView || statement instanceof Statement.CreateTableAs;
        return query
                && seen.failure()
                        .filter(failure -> failure.sqlState().equals(UNDEFINED_COLUMN))
                        .isPresent();
    }

    /** There are no rows, so no failure is theirs. */
    private static boolean isBlamedOnRows(Footprint predicted, Observation seen) {
        return seen.failure()
                .filter(failure -> predicted.failures().stream()
                        .filter(expected -> expected.sqlState().equals(failure.sqlState()))
                        .allMatch(expected ->
                                expected.when() == When.IF_A_ROW_VIOLATES || expected.when() == When.IF_ROWS_EXIST))
                .isPresent();
    }

    /** Where the server's schema is another than the replayed one. */
    List<String> schemaDifferences() throws SQLException {
        try (Connection connection = database.connect()) {
            return ReplayedSnapshot.of(replay.end(), major).differences(ServerSnapshot.of(connection, major));
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
