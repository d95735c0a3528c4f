package dev.lockstep.sql;

import dev.lockstep.text.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A statement of PL/pgSQL. The body of an SQL function is a {@link Block} of {@link Sql} alone. Names are as PostgreSQL reads them, folded
 * to lower case unless quoted.
 */
public sealed interface Code {

    Span span();

    /** The statement and every statement inside it, those of handlers too, in the order they are written. */
    default Stream<Code> within() {
        return Stream.concat(Stream.of(this), inside().flatMap(Code::within));
    }

    private Stream<Code> inside() {
        if (this instanceof Block block) {
            return Stream.concat(
                    block.body().stream(), block.handlers().stream().flatMap(handler -> handler.body().stream()));
        }
        if (this instanceof Choice choice) {
            return Stream.concat(
                    choice.branches().stream().flatMap(branch -> branch.body().stream()), choice.otherwise().stream());
        }
        return this instanceof Loop loop ? loop.body().stream() : Stream.of();
    }

    /** What PostgreSQL refuses within code; {@code span} is the token, {@code statement} what was given up. */
    record Problem(String message, Span span, Span statement) {}

    /** An expression, as the SELECT list that PostgreSQL makes of it: empty when it was refused. */
    record Value(Query query, Span span) {

        public Optional<Expression> expression() {
            return query.outputs().size() == 1
                    ? Optional.of(query.outputs().get(0).value())
                    : Optional.empty();
        }
    }

    /**
     * A declared variable.
     *
     * @param type as written
     * @param cursor the query of a bound cursor
     */
    record Variable(String name, String type, Optional<Value> initial, Optional<Statement> cursor) {}

    /** What runs when the body failed with one of the SQLSTATEs; {@code *} is any, {@code ?} one we don't know. */
    record Handler(List<String> conditions, List<Code> body) {
        public Handler {
            conditions = List.copyOf(conditions);
            body = List.copyOf(body);
        }
    }

    /** {@code [DECLARE …] BEGIN … [EXCEPTION …] END}; with handlers, the body is a subtransaction. */
    record Block(
            Optional<String> label, List<Variable> declarations, List<Code> body, List<Handler> handlers, Span span)
            implements Code {
        public Block {
            declarations = List.copyOf(declarations);
            body = List.copyOf(body);
            handlers = List.copyOf(handlers);
        }
    }

    /** A static SQL statement, PERFORM included; {@code into} are the variables its first row goes to. */
    record Sql(Statement statement, List<String> into, Span span) implements Code {
        public Sql {
            into = List.copyOf(into);
        }
    }

    /** EXECUTE. */
    record Execute(Value text, List<String> into, List<Value> using, DynamicSql reader, Span span) implements Code {
        public Execute {
            into = List.copyOf(into);
            using = List.copyOf(using);
        }
    }

    /** Reads SQL that code puts together; every span in it is that of the place it is run from. */
    interface DynamicSql {

        /** The statements; absent when PostgreSQL refuses the text. */
        Optional<List<Statement>> read(String text);
    }

    /** {@code target} is a variable, or a field or element of one by the variable's name. */
    record Assign(String target, boolean whole, Value value, Span span) implements Code {}

    /** IF and CASE; a simple CASE compares for equality. */
    record Choice(List<Branch> branches, List<Code> otherwise, Span span) implements Code {
        public Choice {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }
    }

    record Branch(Value condition, List<Code> body) {
        public Branch {
            body = List.copyOf(body);
        }
    }

    record Loop(Optional<String> label, Head head, List<Code> body, Span span) implements Code {
        public Loop {
            body = List.copyOf(body);
        }
    }

    /** What a loop goes through. */
    sealed interface Head {

        record Forever() implements Head {}

        record While(Value condition) implements Head {}

        record Integers(String variable, Value from, Value to, Optional<Value> step, boolean reverse) implements Head {}

        /** The rows of a query; {@code targets} are one record or several scalars. */
        record Rows(List<String> targets, Statement query) implements Head {
            public Rows {
                targets = List.copyOf(targets);
            }
        }

        record DynamicRows(List<String> targets, Execute query) implements Head {
            public DynamicRows {
                targets = List.copyOf(targets);
            }
        }

        record CursorRows(String variable, String cursor) implements Head {}

        record Elements(List<String> targets, Value array) implements Head {
            public Elements {
                targets = List.copyOf(targets);
            }
        }
    }

    /** EXIT and CONTINUE; without a label, of the innermost loop. */
    record Exit(boolean iteration, Optional<String> label, Optional<Value> when, Span span) implements Code {}

    /** RETURN, RETURN NEXT and RETURN QUERY; only the first ends the function. */
    record Return(boolean ends, Optional<Value> value, Optional<Statement> query, Optional<Execute> dynamic, Span span)
            implements Code {}

    /**
     * RAISE.
     *
     * @param failure the SQLSTATE it raises, empty below the level EXCEPTION; {@code *} is the error being handled
     */
    record Raise(Optional<String> failure, String text, List<Value> values, Span span) implements Code {
        public Raise {
            values = List.copyOf(values);
        }
    }

    record Assert(Value condition, Span span) implements Code {}

    /** COMMIT and ROLLBACK, of the transaction the code runs in. */
    record TransactionEnd(boolean commit, boolean chain, Span span) implements Code {}

    /** GET DIAGNOSTICS; {@code rowCount} are the variables that get the number of rows. */
    record Diagnostics(List<String> targets, List<String> rowCount, Span span) implements Code {
        public Diagnostics {
            targets = List.copyOf(targets);
            rowCount = List.copyOf(rowCount);
        }
    }

    /** OPEN of a cursor; one that is bound has its query in its declaration. */
    record Open(String cursor, Optional<Statement> query, Optional<Execute> dynamic, Span span) implements Code {}

    /** FETCH, MOVE, CLOSE. */
    record CursorMove(List<String> into, Span span) implements Code {
        public CursorMove {
            into = List.copyOf(into);
        }
    }

    /** NULL. */
    record Nothing(Span span) implements Code {}

    /** What PostgreSQL refuses, or we do not know; it may do anything. */
    record Unread(Span span) implements Code {}
}
