package dev.lockstep.verify;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.TransactionReplay;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.observe.Database;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.verify.MigrationResult.Outcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Runs a history file by file. A failing file ends where its tool would give up, its open transaction is rolled back, and the run goes on
 * with the next file as if it had not been there: what follows is worth checking too.
 */
public final class Verifier {

    private final SqlParser parser;
    private final Database database;
    private final PgVersion version;
    private final Progress progress;
    private final List<MigrationResult> results = new ArrayList<>();
    private final List<UndoCheck> undone = new ArrayList<>();
    private Catalog catalog;

    private Verifier(SqlParser parser, Database database, PgVersion version, Progress progress, Catalog catalog) {
        this.parser = parser;
        this.database = database;
        this.version = version;
        this.progress = progress;
        this.catalog = catalog;
    }

    /**
     * Runs the migrations on the database, for good.
     *
     * @throws ScratchRefused if the database is not one to run this on
     */
    public static VerifyReport verify(SqlParser parser, Database database, VerifyRequest request, Progress progress)
            throws SQLException {
        PgVersion version = ScratchServer.check(database, request.allowNonempty());
        Optional<DumpRun> schema = request.schema().isPresent()
                ? Optional.of(DumpRun.of(request.schema().get(), database))
                : Optional.empty();
        Verifier verifier = new Verifier(
                parser,
                database,
                version,
                progress,
                schema.map(DumpRun::catalog).orElse(Catalog.empty()));
        verifier.run(request);
        return new VerifyReport(version, schema.flatMap(DumpRun::refused), verifier.results, verifier.undone);
    }

    /** Undo scripts know nothing of the repeatable migrations at the end, so those come after them. */
    private void run(VerifyRequest request) throws SQLException {
        List<Migration> all = request.migrations();
        int end = all.size();
        while (end > 0 && all.get(end - 1).kind() == Migration.Kind.REPEATABLE) {
            end--;
        }
        List<Migration> ordered = all.subList(0, end);
        List<Migration> repeatable = all.subList(end, all.size());
        if (request.undo().isEmpty()) {
            runAll(Phase.FORWARD, ordered);
        } else {
            runAll(Phase.FORWARD_AGAIN, undo(forward(ordered), request));
        }
        runAll(Phase.FORWARD, repeatable);
    }

    private void runAll(Phase phase, List<Migration> migrations) throws SQLException {
        for (int i = 0; i < migrations.size(); i++) {
            run(phase, migrations.get(i), i + 1, migrations.size());
        }
    }

    /** A migration that was applied, and the schema before it. */
    private record Applied(Migration migration, SchemaSnapshot before) {}

    private List<Applied> forward(List<Migration> migrations) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        for (int i = 0; i < migrations.size(); i++) {
            SchemaSnapshot before = SchemaSnapshot.of(database);
            MigrationResult result = run(Phase.FORWARD, migrations.get(i), i + 1, migrations.size());
            if (result.outcome() == Outcome.APPLIED) {
                applied.add(new Applied(migrations.get(i), before));
            }
        }
        return applied;
    }

    /** Undoes from the newest back to the first that has no script or whose script fails; returns what can go forward again. */
    private List<Migration> undo(List<Applied> applied, VerifyRequest request) throws SQLException {
        List<Migration> undoneMigrations = new ArrayList<>();
        List<Applied> newestFirst = new ArrayList<>(applied);
        Collections.reverse(newestFirst);
        int total = request.undo().size();
        for (Applied one : newestFirst) {
            Migration undo = request.undo().get(one.migration().id());
            if (undo == null
                    || run(Phase.UNDO, undo, undoneMigrations.size() + 1, total).outcome() != Outcome.APPLIED) {
                break;
            }
            SchemaSnapshot now = SchemaSnapshot.of(database);
            undone.add(new UndoCheck(undo, one.before().without(now), now.without(one.before())));
            undoneMigrations.add(0, one.migration());
        }
        return undoneMigrations;
    }

    private MigrationResult run(Phase phase, Migration migration, int number, int total) throws SQLException {
        progress.running(phase, migration, number, total);
        ParsedScript script = parser.parse(migration.source());
        FileTransaction decision = migration
                .transactions()
                .decide(script.statements().stream()
                        .map(statement -> script.source().text(statement.span()))
                        .toList());
        Optional<MigrationResult> kept = obstacle(script)
                .map(reason -> unrun(phase, migration, script, Outcome.IMPOSSIBLE, reason))
                .or(() -> decision.refusal()
                        .map(refusal -> unrun(phase, migration, script, Outcome.REFUSED, refusal.reason())));
        MigrationResult result = kept.isPresent() ? kept.get() : runStatements(phase, migration, script, decision);
        results.add(result);
        return result;
    }

    private MigrationResult runStatements(
            Phase phase, Migration migration, ParsedScript script, FileTransaction decision) throws SQLException {
        TransactionReplay replay =
                new TransactionReplay(catalog.inNewSession(), decision.mode(), results.size(), results.size());
        try (ObservedSession session = ObservedSession.open(database)) {
            MigrationRun run = new MigrationRun(version, phase, migration, script, session, replay, decision);
            MigrationResult result = run.run();
            catalog = run.after(result);
            return result;
        }
    }

    private static Optional<String> obstacle(ParsedScript script) {
        return script.placeholders().stream()
                .findFirst()
                .map(placeholder -> script.source().position(placeholder.span().start()) + ": "
                        + script.source().text(placeholder.span()) + " has no value");
    }

    private static MigrationResult unrun(
            Phase phase, Migration migration, ParsedScript script, Outcome outcome, String reason) {
        return new MigrationResult(
                phase,
                migration,
                outcome,
                Optional.of(reason),
                List.of(),
                MigrationRun.count(script),
                MigrationRun.skipped(script));
    }
}
