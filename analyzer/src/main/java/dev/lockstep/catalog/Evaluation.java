package dev.lockstep.catalog;

import dev.lockstep.catalog.Constant.Array;
import dev.lockstep.catalog.Constant.Null;
import dev.lockstep.catalog.Constant.Reference;
import dev.lockstep.catalog.Constant.Row;
import dev.lockstep.catalog.Constant.Text;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.FunctionCall;
import dev.lockstep.sql.Expression.Operation;
import dev.lockstep.sql.NameRules;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Query;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Works out expressions whose values the code and the catalog decide. What is not known is absent; in a text, it is
 * {@link Constant#UNKNOWN_PART}.
 *
 * @param variables those whose value is known
 * @param columns of the row at hand, by name and by {@code alias.name}
 */
record Evaluation(Catalog catalog, Map<String, Constant> variables, Map<String, Constant> columns) {

    private static final Span NOWHERE = new Span(0, 0);

    private static final Pattern PLAIN_IDENTIFIER = Pattern.compile("[a-z_…][a-z0-9_$…]*");

    /** Longer texts and lists are not worth the trouble. */
    private static final int LONGEST = 100_000;

    Optional<Constant> value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return Optional.of(literal.kind() == Expression.Literal.Kind.NULL ? new Null() : new Text(literal.text()));
        }
        if (expression instanceof Expression.Variable variable) {
            return variable(variable.parts());
        }
        if (expression instanceof Expression.ColumnReference column) {
            return column(column.parts());
        }
        if (expression instanceof Expression.Cast cast) {
            return value(cast.operand())
                    .flatMap(operand -> cast(operand, cast.type().name()));
        }
        if (expression instanceof Expression.ValueList list) {
            return all(list.values()).map(Array::new);
        }
        if (expression instanceof Expression.Logical logical) {
            return logical(logical);
        }
        if (expression instanceof Expression.NullTest test) {
            return value(test.operand()).map(operand -> Constant.of(operand instanceof Null == test.isNull()));
        }
        if (expression instanceof Operation operation) {
            return operation(operation);
        }
        if (expression instanceof FunctionCall call) {
            return call(call);
        }
        return expression instanceof Expression.Other other ? other(other) : Optional.empty();
    }

    /** Whether a condition holds; NULL does not. */
    Optional<Boolean> holds(Expression condition) {
        return value(condition).flatMap(value -> value instanceof Null ? Optional.of(false) : truth(value));
    }

    /** The text of an expression, with what is not known of it left open. */
    String text(Expression expression) {
        return value(expression).flatMap(this::text).orElse(Constant.UNKNOWN_PART);
    }

    private static Optional<Boolean> truth(Constant value) {
        if (!(value instanceof Text text)) {
            return Optional.empty();
        }
        return switch (text.text().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "on", "1" -> Optional.of(true);
            case "false", "f", "no", "off", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private Optional<String> text(Constant value) {
        if (value instanceof Text text) {
            return Optional.of(text.text());
        }
        return value instanceof Reference reference ? Optional.of(written(reference.name())) : Optional.empty();
    }

    /** As {@code regclass} writes a name: with its schema where the search path does not find it. */
    private String written(QualifiedName name) {
        String plain = quoteIdentifier(name.name());
        return catalog.searchPath().contains(name.schema()) ? plain : quoteIdentifier(name.schema()) + "." + plain;
    }

    private Optional<Constant> variable(List<String> parts) {
        Optional<Constant> value = Optional.ofNullable(variables.get(parts.get(0)));
        return parts.size() == 1
                ? value
                : value.filter(Row.class::isInstance)
                        .flatMap(row -> Optional.ofNullable(((Row) row).fields().get(parts.get(1))));
    }

    private Optional<Constant> column(List<String> parts) {
        int last = parts.size() - 1;
        String name = last == 0 ? parts.get(0) : parts.get(last - 1) + "." + parts.get(last);
        return Optional.ofNullable(columns.get(name));
    }

    private Optional<List<Constant>> all(List<Expression> expressions) {
        List<Constant> values = new ArrayList<>();
        for (Expression expression : expressions) {
            Optional<Constant> value = value(expression);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private Optional<Constant> cast(Constant operand, String type) {
        if (operand instanceof Null) {
            return Optional.of(operand);
        }
        return switch (type) {
            case "regclass" ->
                operand instanceof Reference
                        ? Optional.of(operand)
                        : name(operand).map(catalog::resolve).map(Reference::new);
            case "regnamespace" -> text(operand).map(Schema::named).map(Reference::new);
            case "regtype" -> name(operand).map(catalog::resolveType).map(Reference::new);
            case "oid" -> Optional.of(operand);
            default -> text(operand).<Constant>map(Text::new).or(() -> Optional.of(operand));
        };
    }

    private Optional<ObjectName> name(Constant value) {
        return value instanceof Text text && text.isWhole() ? objectName(text.text()) : Optional.empty();
    }

    static Optional<ObjectName> objectName(String text) {
        List<String> parts = QualifiedName.parts(text);
        int last = parts.size() - 1;
        return parts.isEmpty() || parts.size() > 2
                ? Optional.empty()
                : Optional.of(new ObjectName(
                        last > 0 ? Optional.of(parts.get(0)) : Optional.empty(), parts.get(last), NOWHERE));
    }

    private Optional<Constant> logical(Expression.Logical logical) {
        List<Optional<Boolean>> operands =
                logical.operands().stream().map(this::holds).toList();
        return switch (logical.connective()) {
            case NOT -> operands.get(0).map(value -> Constant.of(!value));
            case AND -> decided(operands, false);
            case OR -> decided(operands, true);
        };
    }

    /** One operand decides; without it, all must be known. */
    private static Optional<Constant> decided(List<Optional<Boolean>> operands, boolean decisive) {
        if (operands.contains(Optional.of(decisive))) {
            return Optional.of(Constant.of(decisive));
        }
        return operands.stream().allMatch(Optional::isPresent) ? Optional.of(Constant.of(!decisive)) : Optional.empty();
    }

    private Optional<Constant> operation(Operation operation) {
        if (operation.operator().equals("||") && operation.kind() == Operation.Kind.PLAIN) {
            return concatenation(operation);
        }
        Optional<Constant> left = operation.left().flatMap(this::value);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (left.get() instanceof Null) {
            return left;
        }
        return switch (operation.kind()) {
            case PLAIN -> value(operation.right()).flatMap(right -> compared(left.get(), operation.operator(), right));
            case LIKE -> value(operation.right()).flatMap(right -> like(left.get(), operation.operator(), right));
            case IN, ANY, ALL -> value(operation.right()).flatMap(right -> among(left.get(), operation, right));
            case BETWEEN, OTHER -> Optional.empty();
        };
    }

    private Optional<Constant> concatenation(Operation operation) {
        Optional<Expression> first = operation.left();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Optional<Constant> left = value(first.get());
        Optional<Constant> right = value(operation.right());
        if (left.filter(Null.class::isInstance).isPresent()
                || right.filter(Null.class::isInstance).isPresent()) {
            return Optional.of(new Null());
        }
        if (left.filter(Array.class::isInstance).isPresent()
                || right.filter(Array.class::isInstance).isPresent()) {
            return left.flatMap(one -> right.map(other ->
                    new Array(Stream.concat(elements(one), elements(other)).toList())));
        }
        return made(left.flatMap(this::text).orElse(Constant.UNKNOWN_PART)
                + right.flatMap(this::text).orElse(Constant.UNKNOWN_PART));
    }

    private static Stream<Constant> elements(Constant value) {
        return value instanceof Array array ? array.elements().stream() : Stream.of(value);
    }

    private static Optional<Constant> made(String text) {
        return text.length() > LONGEST ? Optional.empty() : Optional.of(new Text(text));
    }

    private Optional<Constant> compared(Constant left, String operator, Constant right) {
        if (right instanceof Null) {
            return Optional.of(right);
        }
        return switch (operator) {
            case "=" -> equal(left, right).map(Constant::of);
            case "<>" -> equal(left, right).map(same -> Constant.of(!same));
            case "~" -> matches(left, right, 0);
            case "~*" -> matches(left, right, Pattern.CASE_INSENSITIVE);
            default -> number(left).flatMap(one -> number(right).flatMap(other -> computed(one, operator, other)));
        };
    }

    private static Optional<Constant> computed(long left, String operator, long right) {
        return switch (operator) {
            case "<" -> Optional.of(Constant.of(left < right));
            case ">" -> Optional.of(Constant.of(left > right));
            case "<=" -> Optional.of(Constant.of(left <= right));
            case ">=" -> Optional.of(Constant.of(left >= right));
            case "+" -> Optional.of(new Text(String.valueOf(left + right)));
            case "-" -> Optional.of(new Text(String.valueOf(left - right)));
            case "*" -> Optional.of(new Text(String.valueOf(left * right)));
            default -> Optional.empty();
        };
    }

    static Optional<Long> number(Constant value) {
        return value instanceof Text text && text.text().matches("-?\\d{1,9}")
                ? Optional.of(Long.valueOf(text.text()))
                : Optional.empty();
    }

    private Optional<Boolean> equal(Constant left, Constant right) {
        if (left instanceof Reference one && right instanceof Reference other) {
            return Optional.of(one.name().equals(other.name()));
        }
        if (left instanceof Reference one) {
            return name(right).map(catalog::resolve).map(one.name()::equals);
        }
        if (right instanceof Reference) {
            return equal(right, left);
        }
        return left instanceof Text one && right instanceof Text other && one.isWhole() && other.isWhole()
                ? Optional.of(one.text().equals(other.text()))
                : Optional.empty();
    }

    private Optional<Constant> matches(Constant left, Constant right, int flags) {
        // Only what PostgreSQL and Java read alike.
        return left instanceof Text text
                        && right instanceof Text pattern
                        && text.isWhole()
                        && pattern.text().matches("\\^?[\\w.*+|()\\[\\]\\\\d-]*\\$?")
                ? compiled(pattern.text(), flags)
                        .map(regex -> Constant.of(regex.matcher(text.text()).find()))
                : Optional.empty();
    }

    private static Optional<Pattern> compiled(String pattern, int flags) {
        try {
            return Optional.of(Pattern.compile(pattern, flags));
        } catch (java.util.regex.PatternSyntaxException notOne) {
            return Optional.empty();
        }
    }

    private Optional<Constant> like(Constant left, String operator, Constant right) {
        if (!(left instanceof Text text) || !(right instanceof Text pattern) || !text.isWhole() || !pattern.isWhole()) {
            return Optional.empty();
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.text().length(); i++) {
            char c = pattern.text().charAt(i);
            if (c == '\\' && i + 1 < pattern.text().length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.text().charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        int flags = Pattern.DOTALL | (operator.endsWith("*") ? Pattern.CASE_INSENSITIVE : 0);
        boolean found =
                Pattern.compile(regex.toString(), flags).matcher(text.text()).matches();
        return Optional.of(Constant.of(found != operator.startsWith("!")));
    }

    private Optional<Constant> among(Constant left, Operation operation, Constant right) {
        if (!(right instanceof Array list)) {
            return Optional.empty();
        }
        List<Optional<Boolean>> equal =
                list.elements().stream().map(element -> equal(left, element)).toList();
        boolean wanted = operation.operator().equals("=");
        Optional<Constant> found = decided(equal, true);
        return wanted
                ? found
                : operation.operator().equals("<>")
                        ? found.map(value -> Constant.of(!value.equals(Constant.TRUE)))
                        : Optional.empty();
    }

    private Optional<Constant> other(Expression.Other other) {
        return switch (other.node()) {
            case "EXISTS" ->
                other.children().get(0) instanceof Expression.Subquery subquery
                        ? exists(subquery.query()).map(Constant::of)
                        : Optional.empty();
            case "CoalesceExpr" -> coalesce(other.children());
            case "A_ArrayExpr" -> all(other.children()).map(Array::new);
            case "CollateClause" ->
                other.children().isEmpty()
                        ? Optional.empty()
                        : value(other.children().get(0));
            default -> Optional.empty();
        };
    }

    private Optional<Constant> coalesce(List<Expression> arguments) {
        for (Expression argument : arguments) {
            Optional<Constant> value = value(argument);
            if (value.isEmpty() || !(value.get() instanceof Null)) {
                return value;
            }
        }
        return Optional.of(new Null());
    }

    /** Whether a query of PostgreSQL's own catalogs finds a row, if the history decides that. */
    Optional<Boolean> exists(Query query) {
        return new SystemQuery(catalog, query, this).exists();
    }

    private Optional<Constant> call(FunctionCall call) {
        if (!Volatilities.isBuiltIn(call.schema(), call.name())) {
            return Optional.empty();
        }
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "format" -> arguments.isEmpty() ? Optional.empty() : format(arguments);
            case "quote_ident" -> quoted(arguments, Evaluation::quoteIdentifier, Constant.UNKNOWN_PART);
            case "quote_literal", "quote_nullable" ->
                quoted(arguments, Evaluation::quoteLiteral, "'" + Constant.UNKNOWN_PART + "'");
            case "lower" -> quoted(arguments, text -> text.toLowerCase(Locale.ROOT), Constant.UNKNOWN_PART);
            case "upper" -> quoted(arguments, text -> text.toUpperCase(Locale.ROOT), Constant.UNKNOWN_PART);
            case "concat" -> {
                StringBuilder text = new StringBuilder();
                arguments.forEach(argument -> text.append(textOrEmpty(argument)));
                yield made(text.toString());
            }
            case "current_schema" ->
                catalog.searchPath().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Text(catalog.searchPath().get(0)));
            case "to_regclass" -> arguments.isEmpty() ? Optional.empty() : regclass(arguments.get(0));
            case "array_length", "cardinality" ->
                value(arguments.get(0))
                        .filter(Array.class::isInstance)
                        .map(array -> new Text(
                                String.valueOf(((Array) array).elements().size())));
            case "string_to_array" -> split(arguments);
            case "unnest" -> arguments.size() == 1 ? value(arguments.get(0)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private String textOrEmpty(Expression argument) {
        return value(argument).filter(Null.class::isInstance).isPresent() ? "" : text(argument);
    }

    private interface Quoting {
        String of(String text);
    }

    private Optional<Constant> quoted(List<Expression> arguments, Quoting quoting, String unknown) {
        if (arguments.size() != 1) {
            return Optional.empty();
        }
        Optional<Constant> value = value(arguments.get(0));
        return value.filter(Null.class::isInstance).isPresent()
                ? value
                : made(value.flatMap(this::text).map(quoting::of).orElse(unknown));
    }

    private Optional<Constant> split(List<Expression> arguments) {
        if (arguments.size() != 2) {
            return Optional.empty();
        }
        String text = text(arguments.get(0));
        String delimiter = text(arguments.get(1));
        return text.contains(Constant.UNKNOWN_PART) || delimiter.contains(Constant.UNKNOWN_PART) || delimiter.isEmpty()
                ? Optional.empty()
                : Optional.of(new Array(Stream.of(text.split(Pattern.quote(delimiter), -1))
                        .<Constant>map(Text::new)
                        .toList()));
    }

    private Optional<Constant> regclass(Expression argument) {
        Optional<QualifiedName> name = value(argument).flatMap(this::name).map(catalog::resolve);
        return name.flatMap(known -> catalog.isRelation(known)
                ? Optional.<Constant>of(new Reference(known))
                : catalog.table(known).isAbsent() ? Optional.of(new Null()) : Optional.empty());
    }

    /** {@code format}: %s, %I and %L, with positions; a width leaves it unknown. */
    private Optional<Constant> format(List<Expression> arguments) {
        Optional<String> template = value(arguments.get(0)).flatMap(this::text);
        if (template.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder made = new StringBuilder();
        String text = template.get();
        int next = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                made.append(c);
                continue;
            }
            int digits = i + 1;
            while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
                digits++;
            }
            if (digits > i + 1 && digits < text.length() && digits - i < 4 && text.charAt(digits) == '$') {
                next = Integer.parseInt(text.substring(i + 1, digits));
                i = digits;
            }
            char kind = i + 1 < text.length() ? text.charAt(++i) : '%';
            if (kind == '%') {
                made.append('%');
            } else if ("sIL".indexOf(kind) >= 0 && next < arguments.size()) {
                made.append(formatted(kind, arguments.get(next++)));
            } else {
                return Optional.empty();
            }
        }
        return made(made.toString());
    }

    private String formatted(char kind, Expression argument) {
        Optional<Constant> value = value(argument);
        if (value.filter(Null.class::isInstance).isPresent()) {
            return kind == 'L' ? "NULL" : "";
        }
        Optional<String> text = value.flatMap(this::text);
        return switch (kind) {
            case 'I' -> text.map(Evaluation::quoteIdentifier).orElse(Constant.UNKNOWN_PART);
            case 'L' -> text.map(Evaluation::quoteLiteral).orElse("'" + Constant.UNKNOWN_PART + "'");
            default -> text.orElse(Constant.UNKNOWN_PART);
        };
    }

    static String quoteIdentifier(String name) {
        return PLAIN_IDENTIFIER.matcher(name).matches() && !NameRules.isQuotedKeyword(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String quoteLiteral(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
