package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.rule.Transaction.Opener;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The catalog through one file, with its transactions and savepoints. A tool's connection has autocommit off, so after a COMMIT in the file
 * the next statement opens a transaction again.
 */
public final class TransactionReplay {

    private final Mode mode;
    private final int deploy;
    private final int migration;
    private final Deque<Savepoint> savepoints = new ArrayDeque<>();
    private Catalog catalog;
    private Catalog atBegin;
    /** The search path that returns when the transaction with a SET LOCAL ends. */
    private Optional<List<String>> outerSearchPath = Optional.empty();

    private boolean begun;
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
    }

    public Catalog catalog() {
        return catalog;
    }

    public Moment now() {
        return new Moment(deploy, migration, transaction);
    }

    public boolean inBlock() {
        return begun || mode == Mode.ONE_TRANSACTION;
    }

    public Opener openedBy() {
        if (mode == Mode.ONE_TRANSACTION) {
            return Opener.TOOL;
        }
        return begun ? Opener.FILE : Opener.NOBODY;
    }

    /** Runs a statement to its end. */
    public void run(Statement statement) {
        if (statement instanceof Statement.Transaction control) {
            control(control);
            return;
        }
        if (statement instanceof Statement.SetParameter set && set.name().equals("search_path")) {
            outerSearchPath =
                    set.local() ? outerSearchPath.or(() -> Optional.of(catalog.searchPath())) : Optional.empty();
        }
        catalog = CatalogReplay.apply(catalog, statement, now());
        if (!inBlock()) {
            endTransaction();
        }
    }

    private void control(Statement.Transaction control) {
        switch (control.kind()) {
            case BEGIN -> {
                if (!begun) {
                    begun = true;
                    atBegin = mode == Mode.ONE_TRANSACTION ? atBegin : catalog;
                }
            }
            case COMMIT, PREPARE -> {
                endTransaction();
                begun = control.chain() && begun;
            }
            case ROLLBACK -> {
                catalog = inBlock() ? atBegin : catalog;
                outerSearchPath = Optional.empty();
                endTransaction();
                begun = control.chain() && begun;
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

    private void endTransaction() {
        transaction++;
        catalog = outerSearchPath.map(catalog::withSearchPath).orElse(catalog);
        outerSearchPath = Optional.empty();
        atBegin = catalog;
        savepoints.clear();
    }

    /** The end of the file at a statement that fails: its transaction is lost. */
    public Catalog failed() {
        return inBlock() ? atBegin : catalog;
    }

    /** The end of the file: a tool commits what it opened; what the file left open is lost with the connection. */
    public Catalog end() {
        return begun && mode == Mode.AUTOCOMMIT ? atBegin : catalog;
    }
}
