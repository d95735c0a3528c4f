package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.CodeRun.Likelihood;
import dev.lockstep.catalog.CodeRun.Raised;
import dev.lockstep.catalog.CodeRun.Step;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Part.Code;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what code does from what its statements do. */
final class CodeFootprint {

    private final Code code;
    private final CodeRun run;
    private final Catalog before;
    private final Map<QualifiedName, QualifiedName> renamed = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private Footprint whole = Footprint.NONE;

    /** {@code code} has a run. */
    CodeFootprint(Code code, Catalog before) {
        this.code = code;
        this.run = code.run().orElseThrow();
        this.before = before;
    }

    /** Adds a statement of the code with what it does by itself. */
    void add(Step step, Footprint footprint) {
        List<RelationLock> locks = new ArrayList<>();
        for (RelationLock lock : footprint.locks()) {
            if (!isMadeHere(lock.relation(), step)) {
                locks.add(lock.on(renamed.getOrDefault(lock.relation(), lock.relation())));
            }
        }
        footprint.failures().stream()
                .filter(failure -> !CodeRun.catches(step.caught(), failure.sqlState()))
                .map(failure -> inCode(failure, step))
                .forEach(failures::add);
        Footprint here = footprint.withFailures(List.of()).withLocks(locks).allowedInTransactionBlock(true);
        whole = whole.then(step.certain() ? here : here.changing(RelationLock::perhaps));
        if (step.statement() instanceof Statement.Rename rename && rename.part().isEmpty()) {
            QualifiedName old = step.before().resolve(rename.object());
            renamed.put(new QualifiedName(old.schema(), rename.newName()), renamed.getOrDefault(old, old));
        }
    }

    /** Nobody waits for what the code makes itself, and nobody saw it before. */
    private boolean isMadeHere(QualifiedName relation, Step step) {
        return created(step.before(), relation).filter(CodeParts::isMadeInCode).isPresent()
                && created(before, relation).isEmpty();
    }

    private static Optional<Moment> created(Catalog catalog, QualifiedName relation) {
        return catalog.table(relation)
                .value()
                .map(Table::created)
                .or(() -> catalog.index(relation).value().map(index -> index.created()))
                .or(() -> catalog.sequence(relation).value().map(sequence -> sequence.created()));
    }

    /** Code always runs in a transaction. */
    private static Failure inCode(Failure failure, Step step) {
        When when = switch (failure.when()) {
            case ALWAYS, IN_TRANSACTION_BLOCK ->
                step.certain() && !step.caught().contains("?") ? When.ALWAYS : When.IF_REACHED;
            case IF_REACHED_IN_TRANSACTION_BLOCK -> When.IF_REACHED;
            case IF_ROWS_EXIST, IF_A_ROW_VIOLATES, IF_REACHED -> failure.when();
        };
        return new Failure(failure.sqlState(), when, failure.message());
    }

    /** What PostgreSQL refuses when it reads it does nothing else. */
    static Footprint refused(Code code) {
        return Footprint.NONE.withFailures(code.problems().stream()
                .map(problem -> new Failure("42601", code.certain() ? When.ALWAYS : When.IF_REACHED, problem.message()))
                .toList());
    }

    Footprint whole() {
        for (Raised raised : run.raised()) {
            failures.add(
                    new Failure(raised.sqlState(), raised.certain() ? When.ALWAYS : When.IF_REACHED, raised.message()));
        }
        if (run.commits() != Likelihood.NEVER) {
            failures.add(new Failure(
                    "2D000",
                    run.commits() == Likelihood.ALWAYS
                            ? When.IN_TRANSACTION_BLOCK
                            : When.IF_REACHED_IN_TRANSACTION_BLOCK,
                    "the code ends the transaction it runs in"));
        }
        Footprint all = whole.withFailures(failures.stream().distinct().toList())
                .withKnown(whole.known() && run.opaque().isEmpty())
                .allowedInTransactionBlock(run.commits() != Likelihood.ALWAYS);
        return code.certain() ? all : perhaps(all);
    }

    private static Footprint perhaps(Footprint footprint) {
        return footprint
                .changing(RelationLock::perhaps)
                .withFailures(footprint.failures().stream()
                        .map(failure -> failure.when() == When.ALWAYS
                                ? new Failure(failure.sqlState(), When.IF_REACHED, failure.message())
                                : failure)
                        .toList());
    }
}
