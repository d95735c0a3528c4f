package dev.lockstep.verify;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.engine.SentStrings;
import dev.lockstep.engine.TransactionGroups.Member;
import dev.lockstep.engine.TransactionReplay;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.LockModel;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.lock.Settings;
import dev.lockstep.observe.Circumstances;
import dev.lockstep.observe.CommittingCode;
import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedSession;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.Migration;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import dev.lockstep.verify.MigrationResult.Outcome;
import dev.lockstep.verify.MigrationResult.Skipped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One file run to its end, or to its first failure, in a session of its own. */
final class MigrationRun {

    /** Must come before any query of its transaction, those of the observer included. */
    private static final Pattern SETS_TRANSACTION =
            Pattern.compile("(?is)set\\s+(?:local\\s+|session\\s+characteristics\\s+as\\s+)?transaction\\b.*");

    private static final String FILE = "lockstep_file";

    private static final LockModel MODEL = new LockModel();

    private final PgVersion version;
    private final Phase phase;
    private final Migration migration;
    private final ParsedScript script;
    private final ObservedSession session;
    private final TransactionReplay replay;
    private final Mode mode;
    private final List<Piece> pieces;
    private final SentStrings strings;
    private final Member member;
    private final Catalog found;
    private final int transactionFound;
    private final List<StatementCheck> checks = new ArrayList<>();
    private int statements;

    /** A statement of the file, or a text that PostgreSQL's parser refuses as one. */
    private record Piece(Span span, Optional<Statement> statement) {}

    MigrationRun(
            PgVersion version,
            Phase phase,
            Migration migration,
            ParsedScript script,
            ObservedSession session,
            TransactionReplay replay,
            Member member) {
        this.version = version;
        this.phase = phase;
        this.migration = migration;
        this.script = script;
        this.session = session;
        this.replay = replay;
        this.member = member;
        this.found = replay.catalog();
        this.transactionFound = replay.now().transaction();
        this.mode = member.transaction().mode();
        this.pieces = pieces(script).toList();
        this.strings = new SentStrings(
                pieces.stream().map(Piece::span).toList(), member.transaction().strings());
    }

    /** The statements that count: all but BEGIN, COMMIT and their kin. */
    static int count(ParsedScript script) {
        return (int) pieces(script).filter(piece -> !isControl(piece)).count();
    }

    static List<Skipped> skipped(ParsedScript script) {
        return script.notUnderstood().stream()
                .filter(missed -> missed.what().startsWith("psql "))
                .map(missed ->
                        new Skipped(script.source().position(missed.span().start()), missed.what()))
                .toList();
    }

    MigrationResult run() throws SQLException {
        if (isInGroup()) {
            begin();
            session.control("SAVEPOINT " + FILE, true);
        }
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (strings.startsWith(i)) {
                replay.startString();
            }
            statements += isControl(piece) ? 0 : 1;
            Optional<Observation.Failure> failure = isControl(piece) ? control(piece) : check(piece);
            if (failure.isPresent()) {
                return failed(piece, failure.get());
            }
            Optional<String> uncommitted = strings.endsWith(i) ? endString() : Optional.empty();
            if (uncommitted.isPresent()) {
                return result(Outcome.FAILED, uncommitted);
            }
        }
        Optional<String> uncommitted = mode == Mode.AUTOCOMMIT || member.goesOn() ? Optional.empty() : commit();
        return result(uncommitted.isPresent() ? Outcome.FAILED : Outcome.APPLIED, uncommitted);
    }

    /** What PostgreSQL made one transaction of is committed, as it was begun, by us: its statements are sent one by one to be watched. */
    private Optional<String> endString() throws SQLException {
        Optional<String> uncommitted = replay.openedBy() == Opener.STRING ? commit() : Optional.empty();
        if (uncommitted.isEmpty()) {
            replay.endString();
        }
        return uncommitted;
    }

    private boolean isInGroup() {
        return member.joins() || member.goesOn();
    }

    /** The schema the file leaves behind; asked after {@link #run}. */
    Catalog after(MigrationResult result) {
        if (isInGroup()) {
            return member.goesOn() ? replay.catalog() : replay.end();
        }
        return result.outcome() == Outcome.APPLIED ? replay.end() : replay.failed();
    }

    private static Stream<Piece> pieces(ParsedScript script) {
        return Stream.concat(
                        script.statements().stream()
                                .map(statement -> new Piece(statement.span(), Optional.of(statement))),
                        script.problems().stream()
                                .map(problem -> problem.statement())
                                .filter(span -> script.statements().stream()
                                        .noneMatch(statement -> statement.span().contains(span)))
                                .map(span -> new Piece(span, Optional.empty())))
                .sorted(Comparator.comparingInt(piece -> piece.span().start()));
    }

    private static boolean isControl(Piece piece) {
        return piece.statement().filter(Statement.Transaction.class::isInstance).isPresent();
    }

    /** A transaction of the tool, or of a string, begins with its first statement. */
    private void begin() throws SQLException {
        if (replay.inBlock() && !session.inTransaction()) {
            session.control("BEGIN", true);
        }
    }

    private Optional<Observation.Failure> control(Piece piece) throws SQLException {
        begin();
        Statement.Transaction control =
                (Statement.Transaction) piece.statement().orElseThrow();
        boolean opens = switch (control.kind()) {
            case BEGIN -> true;
            case COMMIT, ROLLBACK, PREPARE -> control.chain() && session.inTransaction();
            default -> session.inTransaction();
        };
        boolean refused = replay.openedBy() == Opener.STRING && needsBlock(control);
        Footprint predicted = refused ? failing("25P01", "needs a transaction block") : Footprint.NONE;
        try {
            if (refused) {
                session.control("ROLLBACK", false);
                session.control("SELECT 1; " + text(piece), false);
            } else {
                session.control(text(piece), opens);
            }
        } catch (SQLException failed) {
            Observation observed = Observation.failed(session.inTransaction(), List.of(), failed);
            note(piece, predicted, observed, false, false);
            statements++;
            return observed.failure();
        }
        replay.run(control);
        return Optional.empty();
    }

    /** Whether the server refuses it in the transaction of a string, though that is one to all other statements. */
    private static boolean needsBlock(Statement.Transaction control) {
        return switch (control.kind()) {
            case SAVEPOINT, RELEASE, ROLLBACK_TO -> true;
            default -> control.chain();
        };
    }

    private Optional<Observation.Failure> check(Piece piece) throws SQLException {
        begin();
        if (SETS_TRANSACTION.matcher(text(piece)).matches()) {
            session.control(text(piece), session.inTransaction());
            note(piece, Footprint.NONE, Observation.nothing(), false, false);
            return Optional.empty();
        }
        Settings settings = new Settings(Optional.of(session.setting("TimeZone")), Optional.of(replay.now()));
        Footprint predicted = piece.statement()
                .map(statement -> MODEL.footprint(statement, replay.catalog(), List.of(version), settings))
                .orElse(failing("42601", "not PostgreSQL's grammar"));
        RowConditions conditions = new RowConditions(session, predicted);
        boolean rowsExist = conditions.rowsExist();
        Observation observed = observe(piece, conditions);
        note(piece, predicted, observed, rowsExist, conditions.failsWithoutRows(text(piece), observed));
        if (observed.failure().isEmpty()) {
            piece.statement().ifPresent(replay::run);
        }
        return observed.failure();
    }

    private static Footprint failing(String sqlState, String why) {
        return new Footprint(List.of(), true, List.of(new Failure(sqlState, When.ALWAYS, why)), true);
    }

    private Observation observe(Piece piece, RowConditions conditions) throws SQLException {
        Optional<ObservedSession.Execution> copy = piece.statement()
                .filter(Statement.Copy.class::isInstance)
                .flatMap(statement -> DriverCopy.of((Statement.Copy) statement, script.source()));
        if (copy.isPresent()) {
            return session.run(copy.get());
        }
        Optional<CommittingCode> code =
                piece.statement().flatMap(statement -> CommittingCode.of(statement, text(piece)));
        return conditions.any() ? session.tryToRun(text(piece), code) : session.run(text(piece), code);
    }

    private void note(
            Piece piece, Footprint predicted, Observation observed, boolean rowsExist, boolean failsWithoutRows) {
        boolean inBlock = replay.inBlock();
        checks.add(new StatementCheck(
                script.source(),
                piece.span(),
                inBlock,
                predicted,
                observed,
                Comparison.differences(
                        predicted, observed, new Circumstances(inBlock, true, rowsExist, failsWithoutRows))));
    }

    private MigrationResult failed(Piece piece, Observation.Failure failure) throws SQLException {
        if (session.inTransaction()) {
            giveUp();
        }
        String reason = script.source().position(piece.span().start()) + ": " + failure.message();
        return result(Outcome.FAILED, Optional.of(reason));
    }

    /** Of a group the files before stay: it is as if this one had not been there, unless it has ended their transaction itself. */
    private void giveUp() throws SQLException {
        boolean isTheirs = isInGroup() && replay.now().transaction() == transactionFound;
        session.control(isTheirs ? "ROLLBACK TO " + FILE : "ROLLBACK", isTheirs);
        if (isTheirs) {
            replay.backTo(found);
        }
        if (isTheirs && !member.goesOn()) {
            session.control("COMMIT", false);
        }
    }

    /** Commits what is open, if anything is, or says why that failed; what the file left open goes with the connection. */
    private Optional<String> commit() throws SQLException {
        if (!session.inTransaction()) {
            return Optional.empty();
        }
        try {
            session.control("COMMIT", false);
            return Optional.empty();
        } catch (SQLException deferred) {
            return Optional.of("at the COMMIT: " + deferred.getMessage());
        }
    }

    private MigrationResult result(Outcome outcome, Optional<String> reason) {
        return new MigrationResult(
                phase, migration, outcome, reason, checks, count(script) - statements, skipped(script));
    }

    private String text(Piece piece) {
        return script.source().text(piece.span());
    }
}
