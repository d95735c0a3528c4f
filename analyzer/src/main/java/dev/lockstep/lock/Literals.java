package dev.lockstep.lock;

import dev.lockstep.sql.Expression;
import java.util.Optional;

/** Constants as written, casts aside. */
final class Literals {

    private Literals() {}

    /** The text of a constant other than NULL. */
    static Optional<String> text(Expression expression) {
        return literal(expression)
                .filter(literal -> literal.kind() != Expression.Literal.Kind.NULL)
                .map(Expression.Literal::text);
    }

    static boolean isNull(Expression expression) {
        return literal(expression)
                .filter(literal -> literal.kind() == Expression.Literal.Kind.NULL)
                .isPresent();
    }

    private static Optional<Expression.Literal> literal(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal);
        }
        return expression instanceof Expression.Cast cast ? literal(cast.operand()) : Optional.empty();
    }
}
