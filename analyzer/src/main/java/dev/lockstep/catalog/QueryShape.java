package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Expression.ColumnReference;
import dev.lockstep.sql.Query;
import dev.lockstep.sql.Query.Source;
import dev.lockstep.sql.TypeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a query reads and yields, as far as the catalog tells. */
final class QueryShape {

    private final Catalog catalog;
    private final Query query;
    private final Moment now;

    QueryShape(Catalog catalog, Query query, Moment now) {
        this.catalog = catalog;
        this.query = query;
        this.now = now;
    }

    /** The relations it reads, each with the columns it needs. */
    List<ViewRead> reads() {
        Map<QualifiedName, Optional<Set<String>>> reads = new LinkedHashMap<>();
        for (Source source : query.sources()) {
            reads.merge(
                    catalog.resolve(source.relation()),
                    columnsOf(source),
                    (first, second) -> first.isEmpty() || second.isEmpty() ? Optional.empty() : union(first, second));
        }
        List<ViewRead> result = new ArrayList<>();
        reads.forEach((relation, columns) -> result.add(new ViewRead(relation, columns.map(List::copyOf))));
        return result;
    }

    private static Optional<Set<String>> union(Optional<Set<String>> first, Optional<Set<String>> second) {
        Set<String> both = new LinkedHashSet<>(first.orElse(Set.of()));
        both.addAll(second.orElse(Set.of()));
        return Optional.of(both);
    }

    /** The columns of a source that the query names, or may name: any reference that could be to it counts. */
    private Optional<Set<String>> columnsOf(Source source) {
        Optional<Table> table = catalog.table(source.relation()).value().filter(Table::complete);
        Set<String> used = new LinkedHashSet<>();
        for (ColumnReference reference : query.columns()) {
            if (!mayMean(reference, source)) {
                continue;
            }
            if (reference.column().equals("*")) {
                if (table.isEmpty()) {
                    return Optional.empty();
                }
                table.get().columns().forEach(column -> used.add(column.name()));
            } else if (table.isEmpty() ? reference.parts().size() > 1 : has(table.get(), reference.column())) {
                used.add(reference.column());
            } else if (table.isEmpty() && query.sources().size() > 1) {
                return Optional.empty();
            } else if (table.isEmpty()) {
                used.add(reference.column());
            }
        }
        return Optional.of(used);
    }

    private static boolean has(Table table, String column) {
        return table.column(column).value().isPresent();
    }

    private static boolean mayMean(ColumnReference reference, Source source) {
        int last = reference.parts().size() - 1;
        if (last == 0) {
            return true;
        }
        String qualifier = reference.parts().get(last - 1);
        return qualifier.equals(source.alias().orElse(source.relation().name()));
    }

    /** The functions it calls whose schema is known. */
    List<QualifiedName> calls() {
        return query.functions().stream()
                .flatMap(call -> catalog.resolveRoutine(call.schema(), call.name()).stream())
                .distinct()
                .toList();
    }

    /** The columns it yields, under the names given first; absent when they can't be told. */
    Optional<List<Column>> columns(List<String> names) {
        if (query.outputs().isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (Query.Output output : query.outputs()) {
            if (output.value() instanceof ColumnReference reference
                    && reference.column().equals("*")) {
                Optional<List<Column>> all = star(reference);
                if (all.isEmpty()) {
                    return Optional.empty();
                }
                columns.addAll(all.get());
            } else {
                columns.add(column(output));
            }
        }
        for (int i = 0; i < Math.min(names.size(), columns.size()); i++) {
            columns.set(i, columns.get(i).withName(names.get(i)));
        }
        return Optional.of(columns);
    }

    /** A star over joins that merge columns is left alone. */
    private Optional<List<Column>> star(ColumnReference star) {
        boolean merges = query.sources().size() > 1 && star.parts().size() == 1;
        if (merges) {
            return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (Source source : query.sources()) {
            if (mayMean(star, source)) {
                Optional<Table> table = catalog.table(source.relation()).value().filter(Table::complete);
                if (table.isEmpty()) {
                    return Optional.empty();
                }
                table.get().columns().forEach(column -> columns.add(plain(column.name(), Optional.of(column))));
            }
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(columns);
    }

    private Column column(Query.Output output) {
        String name = output.name();
        if (output.value() instanceof ColumnReference reference) {
            return plain(name, source(reference));
        }
        if (output.value() instanceof Expression.Cast cast) {
            Optional<TypeName> type = Optional.of(catalog.resolve(cast.type()));
            return Column.plain(name, type, Optional.of(false), now).withType(type, collation(cast.operand()));
        }
        return Column.plain(name, Optional.empty(), Optional.of(false), now);
    }

    private Optional<Column> source(ColumnReference reference) {
        List<Column> candidates = query.sources().stream()
                .filter(source -> mayMean(reference, source))
                .flatMap(source ->
                        catalog
                                .table(source.relation())
                                .flatMap(table -> table.column(reference.column()))
                                .value()
                                .stream())
                .toList();
        boolean sure = candidates.size() == 1
                && (query.sources().size() == 1
                        || reference.parts().size() > 1
                        || query.sources().stream()
                                .allMatch(source -> catalog.table(source.relation())
                                        .value()
                                        .filter(Table::complete)
                                        .isPresent()));
        return sure ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** A cast keeps the collation of what it casts. */
    private Optional<String> collation(Expression expression) {
        return expression instanceof ColumnReference reference
                ? source(reference).flatMap(Column::collation)
                : Optional.empty();
    }

    private Column plain(String name, Optional<Column> source) {
        return Column.plain(name, source.flatMap(Column::type), Optional.of(false), now)
                .withType(source.flatMap(Column::type), source.flatMap(Column::collation));
    }
}
