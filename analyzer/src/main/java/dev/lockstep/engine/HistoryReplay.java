package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.engine.TransactionGroups.Member;
import dev.lockstep.lock.Settings;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.parse.SqlParser;
import dev.lockstep.rule.Transaction;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs a migration history through the catalog: files are parsed side by side and replayed in order. Thread-safe. */
final class HistoryReplay {

    /** How many files are held parsed at a time. */
    private static final int WINDOW = 256;

    private final SqlParser parser;

    HistoryReplay(SqlParser parser) {
        this.parser = parser;
    }

    /** Hands each file to {@code visit}, in order, with the schema it found and made. */
    void replay(Deploys deploys, Consumer<ReplayedFile> visit) {
        List<Planned> planned = deploys.inOrder();
        TransactionGroups groups = new TransactionGroups(deploys, part -> decide(part, parse(part.migration())));
        Run run = new Run(deploys.seed());
        for (int from = 0; from < planned.size(); from += WINDOW) {
            List<Planned> window = planned.subList(from, Math.min(planned.size(), from + WINDOW));
            List<ParsedScript> scripts =
                    window.parallelStream().map(part -> parse(part.migration())).toList();
            for (int i = 0; i < window.size(); i++) {
                Planned part = window.get(i);
                ParsedScript script = scripts.get(i);
                int ordinal = from + i;
                Member member = groups.member(ordinal).orElseGet(() -> new Member(decide(part, script), false, false));
                visit.accept(run.file(part, script, member, ordinal));
            }
        }
    }

    /** One file on a schema, with nothing before or after it. */
    ReplayedFile replayAlone(Catalog schema, Planned planned, int ordinal) {
        ParsedScript script = parse(planned.migration());
        return new Run(schema).file(planned, script, new Member(decide(planned, script), false, false), ordinal);
    }

    ParsedScript parse(Migration migration) {
        return parser.parse(migration.source());
    }

    private static FileTransaction decide(Planned planned, ParsedScript script) {
        return planned.migration()
                .transactions()
                .decide(script.statements().stream()
                        .map(statement -> script.source().text(statement.span()))
                        .toList());
    }

    /** A replay under way. */
    private static final class Run {

        private Catalog catalog;
        private SettingsReplay settings = new SettingsReplay();
        private Optional<TransactionReplay> open = Optional.empty();

        Run(Catalog catalog) {
            this.catalog = catalog;
        }

        ReplayedFile file(Planned planned, ParsedScript script, Member member, int ordinal) {
            if (planned.judging() == Judging.HISTORY_ONLY) {
                return new ReplayedFile(planned, script, member, List.of(), catalog);
            }
            if (!member.joins()) {
                settings = new SettingsReplay();
            }
            TransactionReplay replay = open.filter(earlier -> member.joins())
                    .orElseGet(() -> new TransactionReplay(
                            catalog.inNewSession(), member.transaction().mode(), planned.deploy(), ordinal));
            List<Step> steps = run(script.statements(), replay, member.transaction());
            open = Optional.of(replay);
            catalog = member.goesOn() ? replay.catalog() : replay.end();
            return new ReplayedFile(planned, script, member, steps, catalog);
        }

        private List<Step> run(List<Statement> statements, TransactionReplay replay, FileTransaction transaction) {
            List<Step> steps = new ArrayList<>(statements.size());
            SentStrings strings =
                    new SentStrings(statements.stream().map(Statement::span).toList(), transaction.strings());
            for (int i = 0; i < statements.size(); i++) {
                if (strings.startsWith(i)) {
                    replay.startString();
                }
                Settings found = settings.now();
                settings.run(statements.get(i), replay.inBlock());
                steps.add(step(statements.get(i), replay, transaction, found, i));
                if (strings.endsWith(i)) {
                    replay.endString();
                    if (!replay.inBlock()) {
                        settings.endTransaction();
                    }
                }
            }
            return steps;
        }

        private static Step step(
                Statement statement,
                TransactionReplay replay,
                FileTransaction transaction,
                Settings settings,
                int index) {
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
    }

    /**
     * A file that was replayed.
     *
     * @param member how it goes together with its neighbours
     * @param steps its statements in order; none when the file was applied before and so is not run again
     * @param after the schema it leaves behind
     */
    record ReplayedFile(Planned planned, ParsedScript script, Member member, List<Step> steps, Catalog after) {
        ReplayedFile {
            steps = List.copyOf(steps);
        }

        FileTransaction transaction() {
            return member.transaction();
        }
    }

    /**
     * A statement that was replayed.
     *
     * @param now when it ran: statements of one transaction share the moment
     * @param settings those that hold when it starts
     */
    record Step(
            Statement statement,
            Catalog before,
            Catalog after,
            Moment now,
            Transaction transaction,
            Settings settings) {}
}
