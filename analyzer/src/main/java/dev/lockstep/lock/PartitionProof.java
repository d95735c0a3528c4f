package dev.lockstep.lock;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.Logical;
import dev.lockstep.sql.Expression.Operation;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether validated CHECKs of a table prove that its rows lie within a partition's bound. It sees conditions of the usual shape over a key of
 * one column; what it does not see counts as unproven.
 */
record PartitionProof(Situation<?> situation, QualifiedName partition) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}:\\d{2})?");

    boolean proves(PartitionKey key, PartitionBound bound) {
        if (key.keys().size() != 1 || key.keys().get(0).column().isEmpty()) {
            return false;
        }
        String column = key.keys().get(0).column().get();
        if (bound instanceof PartitionBound.In in) {
            return provesList(column, in.values());
        }
        return bound instanceof PartitionBound.FromTo range
                && situation.isProvenNotNull(partition, column)
                && (isOpen(range.from()) || isWithin(column, range.from().get(0), List.of(">=", ">")))
                && (isOpen(range.to()) || isWithin(column, range.to().get(0), List.of("<")));
    }

    /**
     * Whether a validated CHECK of the partition, the default one, keeps out every row that another with the bound takes. Rows with NULL in the
     * key are none of them.
     */
    boolean excludes(PartitionKey key, PartitionBound bound) {
        return key.keys().size() == 1
                && key.keys()
                        .get(0)
                        .column()
                        .filter(column -> conditions().anyMatch(condition -> isOutside(condition, column, bound)))
                        .isPresent();
    }

    private static boolean isOutside(Expression condition, String column, PartitionBound bound) {
        if (condition instanceof Logical logical) {
            return switch (logical.connective()) {
                case OR -> logical.operands().stream().allMatch(part -> isOutside(part, column, bound));
                case AND -> logical.operands().stream().anyMatch(part -> isOutside(part, column, bound));
                case NOT -> false;
            };
        }
        if (!(condition instanceof Operation operation)
                || operation.kind() != Operation.Kind.PLAIN
                || operation.left().filter(left -> isColumn(left, column)).isEmpty()) {
            return false;
        }
        Optional<String> given = Literals.text(operation.right());
        return given.isPresent()
                && (bound instanceof PartitionBound.FromTo range
                        ? isOutside(operation.operator(), given.get(), range)
                        : operation.operator().equals("<>")
                                && bound instanceof PartitionBound.In in
                                && in.values().stream()
                                        .allMatch(value -> Literals.text(value).equals(given)));
    }

    private static boolean isOutside(String operator, String given, PartitionBound.FromTo range) {
        return switch (operator) {
            case "<" ->
                Literals.text(range.from().get(0))
                        .filter(from -> isTighter(given, from, false))
                        .isPresent();
            case ">=", ">" ->
                Literals.text(range.to().get(0))
                        .filter(to -> isTighter(given, to, true))
                        .isPresent();
            default -> false;
        };
    }

    private boolean provesList(String column, List<Expression> values) {
        List<String> allowed =
                values.stream().flatMap(value -> Literals.text(value).stream()).toList();
        boolean takesNull = values.stream().anyMatch(Literals::isNull);
        return (takesNull || situation.isProvenNotNull(partition, column))
                && conditions().anyMatch(condition -> isAmong(condition, column, allowed));
    }

    /** The conjuncts of the validated CHECKs. */
    private Stream<Expression> conditions() {
        return situation.catalog().table(partition).value().stream()
                .map(Table::constraints)
                .flatMap(List::stream)
                .filter(TableConstraint::isValid)
                .flatMap(constraint -> constraint.expression().stream())
                .flatMap(PartitionProof::conjuncts);
    }

    private static Stream<Expression> conjuncts(Expression condition) {
        return condition instanceof Logical logical && logical.connective() == Logical.Connective.AND
                ? logical.operands().stream().flatMap(PartitionProof::conjuncts)
                : Stream.of(condition);
    }

    private static boolean isAmong(Expression condition, String column, List<String> allowed) {
        if (!(condition instanceof Operation operation)
                || operation.left().filter(left -> isColumn(left, column)).isEmpty()) {
            return false;
        }
        if (operation.kind() == Operation.Kind.PLAIN && operation.operator().equals("=")) {
            return Literals.text(operation.right()).filter(allowed::contains).isPresent();
        }
        return operation.kind() == Operation.Kind.IN
                && operation.operator().equals("=")
                && operation.right() instanceof Expression.ValueList list
                && list.values().stream()
                        .allMatch(value ->
                                Literals.text(value).filter(allowed::contains).isPresent());
    }

    private static boolean isOpen(List<Expression> limits) {
        return limits.get(0) instanceof Expression.ColumnReference reference
                && List.of("minvalue", "maxvalue").contains(reference.column());
    }

    /** Whether a condition bounds the column at the limit, or tighter. */
    private boolean isWithin(String column, Expression limit, List<String> operators) {
        Optional<String> wanted = Literals.text(limit);
        boolean lower = operators.contains(">=");
        return wanted.isPresent()
                && conditions()
                        .anyMatch(condition -> condition instanceof Operation operation
                                && operation.kind() == Operation.Kind.PLAIN
                                && operators.contains(operation.operator())
                                && operation
                                        .left()
                                        .filter(left -> isColumn(left, column))
                                        .isPresent()
                                && Literals.text(operation.right())
                                        .filter(given -> isTighter(given, wanted.get(), lower))
                                        .isPresent());
    }

    private static boolean isTighter(String given, String limit, boolean lower) {
        if (given.equals(limit)) {
            return true;
        }
        Optional<Integer> order = compare(given, limit);
        return order.filter(sign -> lower ? sign > 0 : sign < 0).isPresent();
    }

    private static Optional<Integer> compare(String one, String other) {
        if (NUMBER.matcher(one).matches() && NUMBER.matcher(other).matches()) {
            return Optional.of(new BigDecimal(one).compareTo(new BigDecimal(other)));
        }
        return one.length() == other.length()
                        && DATE.matcher(one).matches()
                        && DATE.matcher(other).matches()
                ? Optional.of(one.compareTo(other))
                : Optional.empty();
    }

    private static boolean isColumn(Expression expression, String column) {
        return expression instanceof Expression.ColumnReference reference
                && reference.column().equals(column);
    }
}
