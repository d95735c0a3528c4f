package dev.lockstep.rule;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A statement about to run, and all a rule may ask about it. */
public interface StatementContext extends MigrationContext {

    Statement statement();

    /** How a part of the statement is written; empty where the statement is of code that stands in another statement. */
    String text(Span part);

    /** Where the statement stands in the file; that of the statement that runs it where it is of code that stands elsewhere. */
    Span place();

    /** Whether the code around the statement handles the error, so that it doesn't end the migration. */
    boolean isCaught(String sqlState);

    Catalog before();

    Catalog after();

    /** The worst the statement does on any of the versions judged for. */
    Footprint footprint();

    /** What the statement does on one version. */
    Footprint footprint(PgVersion version);

    /** The worst that one action of this ALTER TABLE does. */
    Footprint footprint(AlterAction action);

    /** The worst that dropping one of the objects of this DROP does. */
    Footprint footprint(ObjectName dropped);

    Transaction transaction();

    /** The locks that earlier statements of this transaction took on relations that others see: the strongest per relation, in order. */
    Collection<HeldLock> heldLocks();

    /** The one on {@code relation}. */
    Optional<HeldLock> heldLock(QualifiedName relation);

    /** The statements of this file before this one, in order. */
    List<StatementContext> earlier();

    /** The statements of this file after this one, in order. */
    List<StatementContext> later();

    /** What the transactions of earlier files of this deploy locked. */
    List<TransactionLocks> earlierInDeploy();

    /** The schema when this statement's transaction ends. */
    Catalog atTransactionEnd();

    /** The schema when this statement's file ends. */
    default Catalog atFileEnd() {
        List<StatementContext> later = later();
        return later.isEmpty() ? after() : later.get(later.size() - 1).after();
    }

    /** The schema that deployed code knows: the one before this deploy. */
    Catalog deployed();

    /** When the statement runs, for comparison with when objects were made. */
    Moment now();

    /** Whether deployed code may be using the relation: it was there before this deploy, or may have been. */
    boolean isDeployed(QualifiedName relation);

    /** Whether deployed code may be using the column: it was there before this deploy, or may have been. */
    boolean isDeployed(QualifiedName relation, String column);

    /**
     * Whether work on the relation can make others wait, or takes long: it is {@linkplain #isDeployed deployed}, or was filled by an earlier
     * transaction of this deploy.
     */
    boolean isInUse(QualifiedName relation);

    /** Whether the relation may hold a row. */
    boolean mayHoldRows(QualifiedName relation);

    /** Whether {@code -- lockstep:deployed} stands at this statement: what it drops or renames is no longer used by deployed code. */
    boolean isDeclaredUnused();
}
