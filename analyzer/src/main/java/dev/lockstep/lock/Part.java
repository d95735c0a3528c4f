package dev.lockstep.lock;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CodeRun;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.sql.Code.Problem;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a statement does to one relation.
 *
 * @param subject what rows speak of: the statement, an ALTER TABLE action, a {@link Read}, {@link Code}, a
 *     {@link NewConstraint} or what is {@link Missing}
 * @param target the relation, or {@link #NO_RELATION}
 * @param within the catalog that other parts of the statement, which run earlier, leave it; absent when they leave it as it was
 */
record Part(Object subject, Statement statement, QualifiedName target, boolean only, Optional<Catalog> within) {

    Part(Object subject, Statement statement, QualifiedName target, boolean only) {
        this(subject, statement, target, only, Optional.empty());
    }

    static final QualifiedName NO_RELATION = new QualifiedName("", "");

    static Part of(Statement statement) {
        return new Part(statement, statement, NO_RELATION, false);
    }

    /**
     * A relation that a query reads.
     *
     * @param executed whether the query runs; the definition of a view is only looked up
     * @param locksRows whether it stands under FOR UPDATE or its like
     */
    record Read(boolean executed, boolean locksRows) {}

    /**
     * Code that a statement runs: a block, a function or procedure of the user, a trigger's function. No row speaks of it.
     *
     * @param name of the code in a chain of calls
     * @param run what it does; absent when nobody knows
     * @param certain whether the statement runs it in any case
     */
    record Code(String name, Optional<CodeRun> run, List<Problem> problems, boolean certain) {
        Code {
            problems = List.copyOf(problems);
        }

        /** Of a body that is only read. */
        static Code refused(List<Problem> problems) {
            return new Code("", Optional.empty(), problems, true);
        }

        static Code unknown(String name) {
            return new Code(name, Optional.empty(), List.of(), false);
        }
    }

    /**
     * A value that was added to an enum type in the running transaction, where a statement uses it.
     *
     * @param ofFreshType whether the type was made in that transaction too
     */
    record FreshValue(String label, boolean ofFreshType) {}

    /** Something that a statement names and that is not there. */
    record Missing(ObjectKind kind, boolean ifExists) {

        boolean isRelation() {
            return switch (kind) {
                case TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE, FOREIGN_TABLE -> true;
                default -> false;
            };
        }
    }

    /** A constraint that a statement adds to the target, by itself, with a column or with the table; {@code within} knows its columns. */
    record NewConstraint(Constraint constraint) {}

    /** Whether rows speak of it only where it is a mistake. */
    boolean isOnlyChecked() {
        return subject instanceof NewConstraint || subject instanceof FreshValue;
    }
}
