package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Carries the rename of a column into the expressions that name it. */
final class ColumnRenamer {

    private ColumnRenamer() {}

    static Expression rename(Expression expression, UnaryOperator<String> rename) {
        if (expression instanceof Expression.ColumnReference reference) {
            List<String> parts = new ArrayList<>(reference.parts());
            parts.set(parts.size() - 1, rename.apply(reference.column()));
            return new Expression.ColumnReference(parts);
        }
        if (expression instanceof Expression.FunctionCall call) {
            return new Expression.FunctionCall(call.schema(), call.name(), all(call.arguments(), rename));
        }
        if (expression instanceof Expression.Operation operation) {
            return new Expression.Operation(
                    operation.kind(),
                    operation.operator(),
                    operation.left().map(left -> rename(left, rename)),
                    rename(operation.right(), rename));
        }
        if (expression instanceof Expression.Logical logical) {
            return new Expression.Logical(logical.connective(), all(logical.operands(), rename));
        }
        if (expression instanceof Expression.NullTest test) {
            return new Expression.NullTest(rename(test.operand(), rename), test.isNull());
        }
        if (expression instanceof Expression.Cast cast) {
            return new Expression.Cast(rename(cast.operand(), rename), cast.type());
        }
        if (expression instanceof Expression.ValueList list) {
            return new Expression.ValueList(all(list.values(), rename));
        }
        if (expression instanceof Expression.Other other) {
            return new Expression.Other(other.node(), all(other.children(), rename));
        }
        return expression;
    }

    private static List<Expression> all(List<Expression> expressions, UnaryOperator<String> rename) {
        return expressions.stream().map(inner -> rename(inner, rename)).toList();
    }
}
