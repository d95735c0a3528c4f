package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Statement.IndexKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An index; a constraint's index carries the constraint's name.
 *
 * @param included the columns of INCLUDE
 * @param valid false while a concurrent build failed, or while partitions of the table lack their part
 * @param parent the partitioned table's index that this is a part of
 */
public record Index(
        QualifiedName name,
        QualifiedName table,
        boolean unique,
        String method,
        List<IndexKey> keys,
        List<String> included,
        boolean nullsNotDistinct,
        Optional<Expression> predicate,
        boolean valid,
        Optional<QualifiedName> parent,
        Moment created)
        implements Relation {

    public Index {
        keys = List.copyOf(keys);
        included = List.copyOf(included);
    }

    Index withName(QualifiedName newName) {
        return edited(draft -> draft.name = newName);
    }

    Index withTable(QualifiedName newTable) {
        return edited(draft -> draft.table = newTable);
    }

    Index withValid(boolean isValid) {
        return edited(draft -> draft.valid = isValid);
    }

    Index withParent(Optional<QualifiedName> newParent) {
        return edited(draft -> draft.parent = newParent);
    }

    /** As a new index like this one on another table. */
    Index on(QualifiedName otherName, QualifiedName otherTable, Optional<QualifiedName> newParent, Moment now) {
        return new Index(
                otherName,
                otherTable,
                unique,
                method,
                keys,
                included,
                nullsNotDistinct,
                predicate,
                true,
                newParent,
                now);
    }

    Index rewriting(UnaryOperator<String> columns, UnaryOperator<Expression> expressions) {
        return edited(draft -> {
            draft.keys =
                    keys.stream().map(key -> key.renaming(columns, expressions)).toList();
            draft.included = included.stream().map(columns).toList();
            draft.predicate = predicate.map(expressions);
        });
    }

    /** As built anew: it knows its columns by the names they have now. */
    Index rebuilt() {
        return edited(
                draft -> draft.keys = keys.stream().map(IndexKey::relabelled).toList());
    }

    /** Whether a key, an included column or the predicate needs the column. */
    public boolean uses(String column) {
        return keyColumns().contains(column)
                || included.contains(column)
                || expressions().anyMatch(expression -> Expressions.uses(expression, column));
    }

    /** The columns that are keys by themselves. */
    public List<String> keyColumns() {
        return keys.stream().flatMap(key -> key.column().stream()).toList();
    }

    /** The expressions among the keys, and the predicate. */
    public Stream<Expression> expressions() {
        return Stream.concat(keys.stream().flatMap(key -> key.expression().stream()), predicate.stream());
    }

    /** Whether an index like this one would do in its place, for a partition. */
    boolean isLike(Index other) {
        return unique == other.unique
                && method.equals(other.method)
                && nullsNotDistinct == other.nullsNotDistinct
                && included.equals(other.included)
                && predicate.equals(other.predicate)
                && keys.size() == other.keys.size()
                && shape(this).equals(shape(other));
    }

    private static List<List<Optional<?>>> shape(Index index) {
        return index.keys.stream()
                .map(key -> List.<Optional<?>>of(key.column(), key.expression(), key.collation(), key.operatorClass()))
                .toList();
    }

    @Override
    public Index following(Renaming renaming) {
        return rewriting(UnaryOperator.identity(), renaming::expression)
                .withTable(renaming.relation(table))
                .withParent(parent.map(renaming::relation));
    }

    @Override
    public Set<Link> links() {
        Set<Link> links = new HashSet<>();
        Link.toSchema(name, links);
        links.add(new Link(Link.Kind.INDEX_OF, table));
        parent.ifPresent(whole -> links.add(new Link(Link.Kind.PART_OF_INDEX, whole)));
        expressions().forEach(expression -> Expressions.link(expression, links));
        return links;
    }

    private Index edited(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The parts of one index while some of them change. */
    private static final class Draft {

        private QualifiedName name;
        private QualifiedName table;
        private boolean unique;
        private String method;
        private List<IndexKey> keys;
        private List<String> included;
        private boolean nullsNotDistinct;
        private Optional<Expression> predicate;
        private boolean valid;
        private Optional<QualifiedName> parent;
        private Moment created;

        Draft(Index from) {
            this.name = from.name;
            this.table = from.table;
            this.unique = from.unique;
            this.method = from.method;
            this.keys = from.keys;
            this.included = from.included;
            this.nullsNotDistinct = from.nullsNotDistinct;
            this.predicate = from.predicate;
            this.valid = from.valid;
            this.parent = from.parent;
            this.created = from.created;
        }

        Index finished() {
            return new Index(
                    name, table, unique, method, keys, included, nullsNotDistinct, predicate, valid, parent, created);
        }
    }
}
