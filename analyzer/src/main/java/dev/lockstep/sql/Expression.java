package dev.lockstep.sql;

import java.util.List;
import java.util.Optional;

/** A scalar expression, as far as judgements about it need its shape. */
public sealed interface Expression {

    /** A constant; {@code text} is the value without quotes, empty for NULL. */
    record Literal(Literal.Kind kind, String text) implements Expression {
        public enum Kind {
            NULL,
            BOOLEAN,
            NUMBER,
            STRING
        }
    }

    /** A column, possibly qualified: {@code c}, {@code t.c}, {@code s.t.c}. A star is a part of its own. */
    record ColumnReference(List<String> parts) implements Expression {
        public ColumnReference {
            parts = List.copyOf(parts);
        }

        public String column() {
            return parts.get(parts.size() - 1);
        }
    }

    /** A variable of the code around the statement, or a field of one: {@code upto}, {@code new.id}, {@code $1}. */
    record Variable(List<String> parts) implements Expression {
        public Variable {
            parts = List.copyOf(parts);
        }
    }

    /** A call; also the functions with a syntax of their own, such as CURRENT_TIMESTAMP, under their catalog names. */
    record FunctionCall(Optional<String> schema, String name, List<Expression> arguments) implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }
    }

    /** An operator; the left side is absent for prefix operators. */
    record Operation(Operation.Kind kind, String operator, Optional<Expression> left, Expression right)
            implements Expression {
        public enum Kind {
            PLAIN,
            /** {@code left = ANY (right)} */
            ANY,
            /** {@code left <> ALL (right)} */
            ALL,
            IN,
            LIKE,
            BETWEEN,
            /** IS DISTINCT FROM, NULLIF, SIMILAR TO and the rest */
            OTHER
        }
    }

    /** AND, OR, NOT. */
    record Logical(Connective connective, List<Expression> operands) implements Expression {
        public enum Connective {
            AND,
            OR,
            NOT
        }

        public Logical {
            operands = List.copyOf(operands);
        }
    }

    /** {@code operand IS [NOT] NULL}. */
    record NullTest(Expression operand, boolean isNull) implements Expression {}

    /** {@code operand::type}. */
    record Cast(Expression operand, TypeName type) implements Expression {}

    /** A parenthesised or bracketed list: the right side of IN, an ARRAY constructor, a row. */
    record ValueList(List<Expression> values) implements Expression {
        public ValueList {
            values = List.copyOf(values);
        }
    }

    /** A query used as a value; {@code tested} is the left side of {@code x IN (SELECT …)}. */
    record Subquery(Optional<Expression> tested, Query query) implements Expression {}

    /** Anything else, named by its parse node, with the expressions inside it. */
    record Other(String node, List<Expression> children) implements Expression {
        public Other {
            children = List.copyOf(children);
        }
    }

    /** The expressions directly inside this one. */
    default List<Expression> children() {
        if (this instanceof FunctionCall call) {
            return call.arguments();
        }
        if (this instanceof Operation operation) {
            return operation
                    .left()
                    .map(left -> List.of(left, operation.right()))
                    .orElse(List.of(operation.right()));
        }
        if (this instanceof Logical logical) {
            return logical.operands();
        }
        if (this instanceof NullTest test) {
            return List.of(test.operand());
        }
        if (this instanceof Cast cast) {
            return List.of(cast.operand());
        }
        if (this instanceof ValueList list) {
            return list.values();
        }
        if (this instanceof Other other) {
            return other.children();
        }
        return List.of();
    }
}
