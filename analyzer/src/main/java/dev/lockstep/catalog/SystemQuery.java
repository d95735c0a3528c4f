package dev.lockstep.catalog;

import dev.lockstep.catalog.Constant.Reference;
import dev.lockstep.catalog.Constant.Row;
import dev.lockstep.catalog.Constant.Text;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.ColumnReference;
import dev.lockstep.sql.Expression.Operation;
import dev.lockstep.sql.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A query of PostgreSQL's own catalogs, answered from what the history tells. */
final class SystemQuery {

    /** More rows than these are not gone through. */
    private static final int MOST_ROWS = 5_000;

    private final Catalog catalog;
    private final Query query;
    private final Evaluation evaluation;

    /** {@code evaluation} knows the variables the query uses. */
    SystemQuery(Catalog catalog, Query query, Evaluation evaluation) {
        this.catalog = catalog;
        this.query = query;
        this.evaluation = evaluation;
    }

    /** The rows it yields, as far as they are known; absent when it reads what is not modelled, or the condition can't be decided. */
    Optional<List<Row>> rows() {
        Optional<List<Map<String, Constant>>> candidates = candidates();
        if (candidates.isEmpty() || query.outputs().isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows = new ArrayList<>();
        for (Map<String, Constant> candidate : candidates.get()) {
            Optional<Boolean> wanted = holds(candidate);
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            if (wanted.get()) {
                rows.add(output(candidate));
            }
        }
        return Optional.of(rows);
    }

    private Row output(Map<String, Constant> columns) {
        Map<String, Constant> fields = new HashMap<>();
        for (Query.Output output : query.outputs()) {
            if (output.value() instanceof ColumnReference star && star.column().equals("*")) {
                columns.forEach((name, value) -> {
                    if (!name.contains(".")) {
                        fields.put(name, value);
                    }
                });
            } else {
                with(columns).value(output.value()).ifPresent(value -> fields.put(output.name(), value));
            }
        }
        return new Row(fields);
    }

    Optional<Boolean> exists() {
        Optional<List<Map<String, Constant>>> candidates = candidates();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        boolean undecided = false;
        for (Map<String, Constant> candidate : candidates.get()) {
            Optional<Boolean> wanted = holds(candidate);
            if (wanted.filter(Boolean.TRUE::equals).isPresent()) {
                return Optional.of(true);
            }
            undecided = undecided || wanted.isEmpty();
        }
        return !undecided && isAbsent() ? Optional.of(false) : Optional.empty();
    }

    private Evaluation with(Map<String, Constant> columns) {
        return new Evaluation(catalog, evaluation.variables(), columns);
    }

    private Optional<Boolean> holds(Map<String, Constant> columns) {
        return query.where().isEmpty()
                ? Optional.of(true)
                : with(columns).holds(query.where().get());
    }

    /** The rows of what it reads, each with each; columns go by their name and by alias and name. */
    private Optional<List<Map<String, Constant>>> candidates() {
        if (query.sources().isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, Constant>> product = List.of(Map.of());
        for (Query.Source source : query.sources()) {
            Optional<List<Map<String, Constant>>> rows = table(source);
            if (rows.isEmpty() || (long) rows.get().size() * product.size() > MOST_ROWS) {
                return Optional.empty();
            }
            String alias = source.alias().orElse(source.relation().name());
            List<Map<String, Constant>> joined = new ArrayList<>();
            for (Map<String, Constant> before : product) {
                for (Map<String, Constant> row : rows.get()) {
                    Map<String, Constant> together = new HashMap<>(before);
                    row.forEach((column, value) -> {
                        together.put(column, value);
                        together.put(alias + "." + column, value);
                    });
                    joined.add(together);
                }
            }
            product = joined;
        }
        return Optional.of(product);
    }

    private Optional<List<Map<String, Constant>>> table(Query.Source source) {
        String schema = source.relation().schema().orElse("pg_catalog");
        String name = source.relation().name();
        return switch (schema + "." + name) {
            case "information_schema.tables" ->
                Optional.of(relations()
                        .map(table -> row(
                                "table_schema", text(table.name().schema()),
                                "table_name", text(table.name().name()),
                                "table_type", text(table.kind() == Table.Kind.VIEW ? "VIEW" : "BASE TABLE")))
                        .toList());
            case "pg_catalog.pg_tables" -> Optional.of(named("schemaname", "tablename", this::isTable));
            case "pg_catalog.pg_views" ->
                Optional.of(named("schemaname", "viewname", table -> table.kind() == Table.Kind.VIEW));
            case "pg_catalog.pg_matviews" ->
                Optional.of(named("schemaname", "matviewname", table -> table.kind() == Table.Kind.MATERIALIZED_VIEW));
            case "pg_catalog.pg_class" -> Optional.of(classes());
            case "pg_catalog.pg_inherits" -> Optional.of(inherits());
            case "information_schema.columns" -> Optional.of(columns());
            case "pg_catalog.pg_attribute" -> Optional.of(attributes());
            case "information_schema.table_constraints", "pg_catalog.pg_constraint" -> Optional.of(constraints());
            case "pg_catalog.pg_indexes" -> Optional.of(indexes());
            case "pg_catalog.pg_trigger" -> Optional.of(triggers());
            case "pg_catalog.pg_type" -> Optional.of(types());
            case "pg_catalog.pg_enum" -> Optional.of(enumValues());
            case "pg_catalog.pg_namespace", "information_schema.schemata" -> Optional.of(schemas());
            default -> Optional.empty();
        };
    }

    private static Text text(String text) {
        return new Text(text);
    }

    private static Map<String, Constant> row(Object... namesAndValues) {
        Map<String, Constant> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], (Constant) namesAndValues[i + 1]);
        }
        return row;
    }

    /** In the order of their names, which is as good as any. */
    private Stream<Table> relations() {
        return catalog.tables().stream()
                .sorted(Comparator.comparing(table -> table.name().toString()));
    }

    private boolean isTable(Table table) {
        return switch (table.kind()) {
            case TABLE, PARTITIONED_TABLE, UNKNOWN -> true;
            case FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> false;
        };
    }

    private interface Wanted {
        boolean is(Table table);
    }

    private List<Map<String, Constant>> named(String schema, String name, Wanted wanted) {
        return relations()
                .filter(wanted::is)
                .map(table -> row(
                        schema,
                        text(table.name().schema()),
                        name,
                        text(table.name().name())))
                .toList();
    }

    private List<Map<String, Constant>> classes() {
        Stream<Map<String, Constant>> tables =
                relations().map(table -> classRow(table.name(), kind(table), table.isPartition()));
        Stream<Map<String, Constant>> indexes = catalog.all(Index.class).stream()
                .map(index -> classRow(index.name(), "i", index.parent().isPresent()));
        Stream<Map<String, Constant>> sequences =
                catalog.all(Sequence.class).stream().map(sequence -> classRow(sequence.name(), "S", false));
        return Stream.of(tables, indexes, sequences).flatMap(rows -> rows).toList();
    }

    private static Map<String, Constant> classRow(QualifiedName name, String kind, boolean partition) {
        return row(
                "oid", new Reference(name),
                "relname", text(name.name()),
                "relnamespace", new Reference(Schema.named(name.schema())),
                "relispartition", Constant.of(partition),
                "relkind", text(kind));
    }

    private static String kind(Table table) {
        return switch (table.kind()) {
            case TABLE, UNKNOWN -> "r";
            case PARTITIONED_TABLE -> "p";
            case FOREIGN_TABLE -> "f";
            case VIEW -> "v";
            case MATERIALIZED_VIEW -> "m";
        };
    }

    private List<Map<String, Constant>> inherits() {
        return relations()
                .flatMap(table -> table.parents().stream()
                        .map(parent ->
                                row("inhrelid", new Reference(table.name()), "inhparent", new Reference(parent))))
                .toList();
    }

    private List<Map<String, Constant>> columns() {
        return relations()
                .flatMap(table -> table.columns().stream()
                        .map(column -> row(
                                "table_schema", text(table.name().schema()),
                                "table_name", text(table.name().name()),
                                "column_name", text(column.name()))))
                .toList();
    }

    private List<Map<String, Constant>> attributes() {
        return relations()
                .flatMap(table -> table.columns().stream()
                        .map(column -> row(
                                "attrelid",
                                new Reference(table.name()),
                                "attname",
                                text(column.name()),
                                "attisdropped",
                                Constant.FALSE,
                                "attnum",
                                text("1"))))
                .toList();
    }

    private List<Map<String, Constant>> constraints() {
        return relations()
                .flatMap(table -> table.constraints().stream()
                        .filter(constraint -> constraint.kind() != TableConstraint.Kind.NOT_NULL)
                        .map(constraint -> row(
                                "conname", text(constraint.name()),
                                "constraint_name", text(constraint.name()),
                                "conrelid", new Reference(table.name()),
                                "connamespace",
                                        new Reference(Schema.named(table.name().schema())),
                                "table_name", text(table.name().name()),
                                "table_schema", text(table.name().schema()),
                                "constraint_schema", text(table.name().schema()),
                                "convalidated", Constant.of(constraint.isValid()),
                                "contype", text(contype(constraint.kind())),
                                "constraint_type", text(constraint.kind().name().replace('_', ' ')))))
                .toList();
    }

    private static String contype(TableConstraint.Kind kind) {
        return switch (kind) {
            case NOT_NULL -> "n";
            case CHECK -> "c";
            case PRIMARY_KEY -> "p";
            case UNIQUE -> "u";
            case FOREIGN_KEY -> "f";
            case EXCLUSION -> "x";
        };
    }

    private List<Map<String, Constant>> indexes() {
        return catalog.all(Index.class).stream()
                .sorted(Comparator.comparing(index -> index.name().toString()))
                .map(index -> row(
                        "schemaname", text(index.name().schema()),
                        "tablename", text(index.table().name()),
                        "indexname", text(index.name().name())))
                .toList();
    }

    private List<Map<String, Constant>> triggers() {
        return relations()
                .flatMap(table -> table.attached().triggers().stream()
                        .map(trigger -> row(
                                "tgrelid",
                                new Reference(table.name()),
                                "tgisinternal",
                                Constant.FALSE,
                                "tgname",
                                text(trigger.name()))))
                .toList();
    }

    private List<Map<String, Constant>> types() {
        return catalog.all(UserType.class).stream()
                .map(type -> row(
                        "oid", new Reference(type.name()),
                        "typname", text(type.name().name()),
                        "typnamespace", new Reference(Schema.named(type.name().schema()))))
                .toList();
    }

    private List<Map<String, Constant>> enumValues() {
        return catalog.all(UserType.class).stream()
                .filter(UserType.EnumType.class::isInstance)
                .map(UserType.EnumType.class::cast)
                .flatMap(type -> type.values().stream()
                        .map(value -> row("enumtypid", new Reference(type.name()), "enumlabel", text(value.label()))))
                .toList();
    }

    private List<Map<String, Constant>> schemas() {
        return Stream.concat(
                        Stream.of(Catalog.PUBLIC, "pg_catalog", "information_schema"),
                        catalog.all(Schema.class).stream()
                                .map(schema -> schema.name().name()))
                .distinct()
                .map(name ->
                        row("oid", new Reference(Schema.named(name)), "nspname", text(name), "schema_name", text(name)))
                .toList();
    }

    // ---- what is not there

    /** Whether the history rules out the row that the condition asks for. */
    private boolean isAbsent() {
        if (catalog.isComplete()) {
            return true;
        }
        if (query.sources().size() != 1 || query.where().isEmpty()) {
            return false;
        }
        Map<String, Constant> asked = new HashMap<>();
        conjuncts(query.where().get()).forEach(conjunct -> pin(conjunct, asked));
        return switch (query.sources().get(0).relation().name()) {
            case "tables", "pg_tables" -> isMissing(asked, Set.of("table_name", "tablename"));
            case "pg_views", "pg_matviews" -> isMissing(asked, Set.of("viewname", "matviewname"));
            case "pg_class" -> isMissing(asked, Set.of("relname"));
            case "columns", "pg_attribute" ->
                table(asked)
                        .filter(table -> catalog.table(table)
                                .flatMap(known -> known.column(name(asked, "column_name", "attname")))
                                .isAbsent())
                        .isPresent();
            case "table_constraints", "pg_constraint", "pg_trigger", "pg_inherits", "pg_indexes" ->
                table(asked)
                        .flatMap(table -> catalog.table(table).value())
                        .filter(Table::complete)
                        .isPresent();
            case "pg_type" ->
                asked.containsKey("typname")
                        && catalog.type(qualified(asked, name(asked, "typname")))
                                .isAbsent();
            case "pg_enum" ->
                asked.get("enumtypid") instanceof Reference type
                        && catalog.type(type.name()).value().isPresent();
            case "schemata", "pg_namespace" ->
                catalog.schema(name(asked, "schema_name", "nspname")).isAbsent();
            default -> false;
        };
    }

    private static Stream<Expression> conjuncts(Expression expression) {
        return expression instanceof Expression.Logical logical
                        && logical.connective() == Expression.Logical.Connective.AND
                ? logical.operands().stream().flatMap(SystemQuery::conjuncts)
                : Stream.of(expression);
    }

    private void pin(Expression conjunct, Map<String, Constant> asked) {
        if (conjunct instanceof Operation operation
                && operation.kind() == Operation.Kind.PLAIN
                && operation.operator().equals("=")
                && operation.left().isPresent()) {
            pin(operation.left().get(), operation.right(), asked);
            pin(operation.right(), operation.left().get(), asked);
        }
    }

    private void pin(Expression column, Expression value, Map<String, Constant> asked) {
        if (column instanceof ColumnReference reference) {
            with(Map.of()).value(value).ifPresent(known -> asked.put(reference.column(), known));
        }
    }

    private static String name(Map<String, Constant> asked, String... columns) {
        return Stream.of(columns)
                .map(asked::get)
                .filter(Text.class::isInstance)
                .map(value -> ((Text) value).text())
                .findFirst()
                .orElse("");
    }

    private boolean isMissing(Map<String, Constant> asked, Set<String> columns) {
        String name = name(asked, columns.toArray(String[]::new));
        return !name.isEmpty() && catalog.table(qualified(asked, name)).isAbsent();
    }

    private QualifiedName qualified(Map<String, Constant> asked, String name) {
        String schema = name(asked, "table_schema", "schemaname", "constraint_schema");
        return schema.isEmpty() ? catalog.resolve(Optional.empty(), name) : new QualifiedName(schema, name);
    }

    private Optional<QualifiedName> table(Map<String, Constant> asked) {
        for (String column : List.of("conrelid", "attrelid", "tgrelid", "inhparent")) {
            if (asked.containsKey(column)) {
                return asked.get(column) instanceof Reference reference
                        ? Optional.of(reference.name())
                        : Optional.empty();
            }
        }
        String name = name(asked, "table_name", "tablename");
        return name.isEmpty() ? Optional.empty() : Optional.of(qualified(asked, name));
    }
}
