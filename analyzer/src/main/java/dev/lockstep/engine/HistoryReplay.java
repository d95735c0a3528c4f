package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.lock.Settings;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs a migration history through the catalog: files are parsed side by side and replayed in order. Thread-safe. */
public final class HistoryReplay {

    /** How many files are held parsed at a time. */
    private static final int WINDOW = 256;

    private final SqlParser parser;

    public HistoryReplay(SqlParser parser) {
        this.parser = parser;
    }

    /** Hands each file to {@code visit}, in order, with the schema it found and made. */
    public void replay(Deploys deploys, Consumer<ReplayedFile> visit) {
        List<Planned> planned = deploys.inOrder();
        Catalog catalog = deploys.seed();
        for (int from = 0; from < planned.size(); from += WINDOW) {
            List<Planned> window = planned.subList(from, Math.min(planned.size(), from + WINDOW));
            List<ParsedScript> scripts = window.parallelStream()
                    .map(part -> parser.parse(part.migration().source()))
                    .toList();
            for (int i = 0; i < window.size(); i++) {
                ReplayedFile file = replay(catalog, window.get(i), scripts.get(i), from + i);
                visit.accept(file);
                catalog = file.after();
            }
        }
    }

    private static ReplayedFile replay(Catalog before, Planned planned, ParsedScript script, int ordinal) {
        FileTransaction transaction = planned.migration()
                .transactions()
                .decide(script.statements().stream()
                        .map(statement -> script.source().text(statement.span()))
                        .toList());
        if (planned.judging() == Judging.HISTORY_ONLY) {
            return new ReplayedFile(planned, script, transaction, List.of(), before);
        }
        TransactionReplay replay =
                new TransactionReplay(before.inNewSession(), transaction.mode(), planned.deploy(), ordinal);
        SettingsReplay settings = new SettingsReplay();
        List<Step> steps = new ArrayList<>(script.statements().size());
        for (Statement statement : script.statements()) {
            Settings found = settings.at(replay.now());
            settings.run(statement, replay.inBlock());
            steps.add(step(statement, replay, transaction, found, steps.size()));
        }
        return new ReplayedFile(planned, script, transaction, steps, replay.end());
    }

    private static Step step(
            Statement statement, TransactionReplay replay, FileTransaction transaction, Settings settings, int index) {
        Catalog before = replay.catalog();
        Moment now = replay.now();
        Transaction runsIn = new Transaction(
                replay.inBlock(),
                replay.openedBy(),
                transaction.refusal().isPresent(),
                transaction.refusal().filter(refusal -> refusal.statement() == index));
        replay.run(statement);
        return new Step(statement, before, replay.catalog(), now, runsIn, settings);
    }

    /**
     * A file that was replayed.
     *
     * @param steps its statements in order; none when the file was applied before and so is not run again
     * @param after the schema it leaves behind
     */
    public record ReplayedFile(
            Planned planned, ParsedScript script, FileTransaction transaction, List<Step> steps, Catalog after) {
        public ReplayedFile {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A statement that was replayed.
     *
     * @param now when it ran: statements of one transaction share the moment
     * @param settings those that hold when it starts
     */
    public record Step(
            Statement statement,
            Catalog before,
            Catalog after,
            Moment now,
            Transaction transaction,
            Settings settings) {}
}
