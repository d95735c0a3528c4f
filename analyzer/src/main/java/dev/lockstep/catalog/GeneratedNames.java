package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.NameRules;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The names PostgreSQL makes up for indexes and constraints that are given none ({@code makeObjectName}, {@code ChooseIndexName} and
 * {@code ChooseConstraintName}).
 */
final class GeneratedNames {

    private GeneratedNames() {}

    /** {@code table_middle_label}, cut to fit; the label gets the first number that makes the name free. */
    static String choose(String table, String middle, String label, Predicate<String> isTaken) {
        String name = join(table, middle, label);
        for (int i = 1; isTaken.test(name); i++) {
            name = join(table, middle, label + i);
        }
        return name;
    }

    private static String join(String table, String middle, String label) {
        int room = NameRules.LONGEST - label.length() - 1 - (middle.isEmpty() ? 0 : 1);
        int first = NameRules.bytes(table);
        int second = NameRules.bytes(middle);
        while (first + second > room) {
            if (first > second) {
                first--;
            } else {
                second--;
            }
        }
        String stem = NameRules.cut(table, first);
        return (middle.isEmpty() ? stem : stem + "_" + NameRules.cut(middle, second)) + "_" + label;
    }

    /** The columns of a key, joined until they fill a name. */
    static String columns(List<String> columns) {
        StringBuilder joined = new StringBuilder();
        for (String column : columns) {
            if (NameRules.bytes(joined.toString()) > NameRules.LONGEST) {
                break;
            }
            joined.append(joined.isEmpty() ? "" : "_").append(column);
        }
        return joined.toString();
    }

    /** What the keys and included columns of an index are called; equal names are numbered. */
    static List<String> indexColumns(List<IndexKey> keys, List<String> included) {
        List<String> names = new ArrayList<>();
        for (IndexKey key : keys) {
            String name = key.column()
                    .or(() -> key.expression().flatMap(GeneratedNames::columnName))
                    .orElse("expr");
            names.add(unlike(names, name));
        }
        for (String column : included) {
            names.add(unlike(names, column));
        }
        return names;
    }

    private static String unlike(List<String> names, String wanted) {
        String name = wanted;
        for (int i = 1; names.contains(name); i++) {
            String number = String.valueOf(i);
            name = NameRules.cut(wanted, NameRules.LONGEST - number.length()) + number;
        }
        return name;
    }

    /** The column a CHECK is named after: the only one its condition uses. */
    static String onlyColumn(Expression condition) {
        Set<String> used = new LinkedHashSet<>();
        collectColumns(condition, used);
        return used.size() == 1 ? used.iterator().next() : "";
    }

    private static void collectColumns(Expression expression, Set<String> found) {
        if (expression instanceof Expression.ColumnReference reference) {
            found.add(reference.column());
        }
        expression.children().forEach(child -> collectColumns(child, found));
    }

    /** The name an expression gives its output column ({@code FigureIndexColname}), if it gives one. */
    private static Optional<String> columnName(Expression expression) {
        return properName(expression).or(() -> {
            if (expression instanceof Expression.Cast cast) {
                return Optional.of(cast.type().name());
            }
            return isCase(expression) ? Optional.of("case") : Optional.empty();
        });
    }

    /** A name of the expression's own, which the type of a cast or the word CASE is not. */
    private static Optional<String> properName(Expression expression) {
        if (expression instanceof Expression.ColumnReference reference) {
            return Optional.of(reference.column());
        }
        if (expression instanceof Expression.FunctionCall call) {
            return Optional.of(call.name());
        }
        if (expression instanceof Expression.Cast cast) {
            return properName(cast.operand());
        }
        if (!(expression instanceof Expression.Other other)) {
            return Optional.empty();
        }
        return switch (other.node()) {
            case "CollateClause", "A_Indirection" ->
                other.children().stream().findFirst().flatMap(GeneratedNames::properName);
            case "CoalesceExpr" -> Optional.of("coalesce");
            case "CaseExpr" -> defaultResult(other).flatMap(GeneratedNames::properName);
            default -> Optional.empty();
        };
    }

    private static boolean isCase(Expression expression) {
        return expression instanceof Expression.Other other && other.node().equals("CaseExpr");
    }

    /** The ELSE of a CASE. */
    private static Optional<Expression> defaultResult(Expression.Other caseExpression) {
        List<Expression> children = caseExpression.children();
        return children.stream()
                .skip(Math.max(0, children.size() - 1))
                .filter(last ->
                        !(last instanceof Expression.Other other && other.node().equals("CaseWhen")))
                .findFirst();
    }
}
