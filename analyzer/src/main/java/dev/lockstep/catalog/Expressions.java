package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;

/** Questions about expressions over a table's columns. */
public final class Expressions {

    private Expressions() {}

    /** Whether the expression names {@code column}, under whatever qualification. */
    public static boolean uses(Expression expression, String column) {
        if (expression instanceof Expression.ColumnReference reference) {
            return reference.column().equals(column);
        }
        return expression.children().stream().anyMatch(child -> uses(child, column));
    }

    /**
     * Whether a row that does not fail {@code condition} cannot have a NULL in {@code column}. PostgreSQL trusts a validated CHECK for
     * SET NOT NULL by weak implication: {@code c > 0} passes for NULL, {@code c IS NOT NULL} and a conjunction with it do not.
     */
    public static boolean impliesNotNull(Expression condition, String column) {
        if (condition instanceof Expression.NullTest test) {
            return !test.isNull() && isColumn(test.operand(), column);
        }
        if (condition instanceof Expression.Logical logical) {
            return switch (logical.connective()) {
                case AND -> logical.operands().stream().anyMatch(part -> impliesNotNull(part, column));
                case OR -> logical.operands().stream().allMatch(part -> impliesNotNull(part, column));
                case NOT ->
                    logical.operands().stream()
                            .allMatch(part -> part instanceof Expression.NullTest test
                                    && test.isNull()
                                    && isColumn(test.operand(), column));
            };
        }
        return false;
    }

    private static boolean isColumn(Expression expression, String column) {
        return expression instanceof Expression.ColumnReference reference
                && reference.column().equals(column);
    }
}
