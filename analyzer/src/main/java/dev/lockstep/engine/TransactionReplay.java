package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.Moment;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The catalog through one file, with its transactions, savepoints and strings of several statements. */
public final class TransactionReplay {

    private final Mode mode;
    private final int deploy;
    private final int migration;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private Catalog catalog;
    private Catalog atBegin;
    private Opener block;
    private boolean inString;
    private int transaction;

    private record Savepoint(String name, Catalog catalog) {}

    /**
     * @param deploy the ordinal of the deploy the file goes out with
     * @param migration the file's own ordinal
     */
    public TransactionReplay(Catalog catalog, Mode mode, int deploy, int migration) {
        this.catalog = catalog;
        this.atBegin = catalog;
        this.mode = mode;
        this.deploy = deploy;
        this.migration = migration;
        this.block = switch (mode) {
            case ONE_TRANSACTION, BEGIN_AND_COMMIT -> Opener.TOOL;
            case AUTOCOMMIT -> Opener.NOBODY;
        };
    }

    public Catalog catalog() {
        return catalog;
    }

    public Moment now() {
        return new Moment(deploy, migration, transaction);
    }

    public boolean inBlock() {
        return openedBy() != Opener.NOBODY;
    }

    public Opener openedBy() {
        return block == Opener.NOBODY && inString ? Opener.STRING : block;
    }

    /** The next statement is the first of several in one string. */
    public void startString() {
        inString = true;
    }

    /** The last statement was the last of several in one string, which commits unless a block is open. */
    public void endString() {
        inString = false;
        if (!inBlock()) {
            endTransaction();
        }
    }

    /** Runs a statement to its end. */
    public void run(Statement statement) {
        if (statement instanceof Statement.Transaction control) {
            control(control);
            return;
        }
        Optional<CodeRun> code = CodeRun.of(statement, catalog, now());
        catalog = code.map(CodeRun::after).orElseGet(() -> CatalogReplay.apply(catalog, statement, now()));
        transaction = code.map(run -> run.end().transaction()).orElse(transaction);
        if (!inBlock()) {
            endTransaction();
        }
    }

    private void control(Statement.Transaction control) {
        switch (control.kind()) {
            case BEGIN -> {
                if (block == Opener.NOBODY) {
                    atBegin = inString ? atBegin : catalog;
                    block = Opener.FILE;
                }
            }
            case COMMIT, PREPARE -> endBlock(control.chain());
            case ROLLBACK -> {
                catalog = inBlock() ? atBegin : catalog;
                endBlock(control.chain());
            }
            case SAVEPOINT -> savepoints.push(new Savepoint(control.savepoint().orElse(""), catalog));
            case ROLLBACK_TO -> find(control.savepoint()).ifPresent(savepoint -> catalog = savepoint.catalog());
            case RELEASE -> find(control.savepoint()).ifPresent(savepoint -> savepoints.pop());
            case COMMIT_PREPARED, ROLLBACK_PREPARED -> {}
        }
    }

    /** The named savepoint, with those set after it forgotten. */
    private Optional<Savepoint> find(Optional<String> name) {
        boolean set = savepoints.stream().anyMatch(savepoint -> savepoint.name().equals(name.orElse("")));
        if (!set) {
            return Optional.empty();
        }
        while (!savepoints.element().name().equals(name.orElse(""))) {
            savepoints.pop();
        }
        return Optional.of(savepoints.element());
    }

    private void endBlock(boolean chain) {
        endTransaction();
        if (mode != Mode.ONE_TRANSACTION && !chain) {
            block = Opener.NOBODY;
        }
    }

    private void endTransaction() {
        transaction++;
        catalog = catalog.atTransactionEnd();
        atBegin = catalog;
        savepoints.clear();
    }

    /** Takes back what was done in the open transaction since the schema was this. */
    public void backTo(Catalog earlier) {
        catalog = earlier;
    }

    /** The end of the file at a statement that fails: its transaction is lost. */
    public Catalog failed() {
        return inBlock() ? atBegin : catalog;
    }

    /** The end of the file: a tool commits what it opened; what the file left open is lost with the connection. */
    public Catalog end() {
        return block == Opener.FILE && mode == Mode.AUTOCOMMIT ? atBegin : catalog.atTransactionEnd();
    }
}
