package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A type that the history made. */
public sealed interface UserType extends CatalogObject {

    Moment created();

    UserType withName(QualifiedName newName);

    @Override
    default Space space() {
        return Space.TYPE;
    }

    @Override
    default UserType following(Renaming renaming) {
        return this;
    }

    @Override
    default Set<Link> links() {
        Set<Link> links = new HashSet<>();
        Link.toSchema(name(), links);
        return links;
    }

    /** Values in their order. */
    record EnumType(QualifiedName name, List<Value> values, Moment created) implements UserType {

        /** A value that was added in the running transaction can't be used in it; one that is {@code original} came with the type. */
        public record Value(String label, Moment added, boolean original) {}

        public EnumType {
            values = List.copyOf(values);
        }

        @Override
        public EnumType withName(QualifiedName newName) {
            return new EnumType(newName, values, created);
        }

        EnumType withValues(List<Value> newValues) {
            return new EnumType(name, newValues, created);
        }
    }

    record Domain(
            QualifiedName name,
            TypeName base,
            Optional<String> collation,
            boolean notNull,
            Optional<Expression> defaultValue,
            List<TableConstraint> constraints,
            Moment created)
            implements UserType {

        public Domain {
            constraints = List.copyOf(constraints);
        }

        @Override
        public Domain withName(QualifiedName newName) {
            return new Domain(newName, base, collation, notNull, defaultValue, constraints, created);
        }

        Domain withBase(TypeName newBase) {
            return new Domain(name, newBase, collation, notNull, defaultValue, constraints, created);
        }

        Domain withNotNull(boolean isNotNull) {
            return new Domain(name, base, collation, isNotNull, defaultValue, constraints, created);
        }

        Domain withDefault(Optional<Expression> value) {
            return new Domain(name, base, collation, notNull, value, constraints, created);
        }

        Domain withConstraints(List<TableConstraint> newConstraints) {
            return new Domain(name, base, collation, notNull, defaultValue, newConstraints, created);
        }

        @Override
        public Domain following(Renaming renaming) {
            return new Domain(
                    name,
                    renaming.type(base),
                    collation,
                    notNull,
                    defaultValue.map(renaming::expression),
                    constraints.stream()
                            .map(constraint -> constraint.rewriting(UnaryOperator.identity(), renaming::expression))
                            .toList(),
                    created);
        }

        @Override
        public Set<Link> links() {
            Set<Link> links = UserType.super.links();
            Link.toType(base, links);
            defaultValue.ifPresent(value -> Expressions.link(value, links));
            for (TableConstraint constraint : constraints) {
                links.add(new Link(Link.Kind.NAMES_CONSTRAINT, new QualifiedName(name.schema(), constraint.name())));
                constraint.expression().ifPresent(condition -> Expressions.link(condition, links));
            }
            return links;
        }
    }

    record CompositeType(QualifiedName name, List<Column> attributes, Moment created) implements UserType {

        public CompositeType {
            attributes = List.copyOf(attributes);
        }

        @Override
        public CompositeType withName(QualifiedName newName) {
            return new CompositeType(newName, attributes, created);
        }

        CompositeType withAttributes(UnaryOperator<List<Column>> change) {
            return new CompositeType(name, change.apply(attributes), created);
        }

        @Override
        public CompositeType following(Renaming renaming) {
            return withAttributes(known -> known.stream()
                    .map(attribute -> attribute.withType(attribute.type().map(renaming::type), attribute.collation()))
                    .toList());
        }

        @Override
        public Set<Link> links() {
            Set<Link> links = UserType.super.links();
            attributes.forEach(attribute -> attribute.type().ifPresent(type -> Link.toType(type, links)));
            return links;
        }
    }

    record RangeType(QualifiedName name, Optional<TypeName> subtype, Moment created) implements UserType {

        @Override
        public RangeType withName(QualifiedName newName) {
            return new RangeType(newName, subtype, created);
        }

        @Override
        public RangeType following(Renaming renaming) {
            return new RangeType(name, subtype.map(renaming::type), created);
        }

        @Override
        public Set<Link> links() {
            Set<Link> links = UserType.super.links();
            subtype.ifPresent(type -> Link.toType(type, links));
            return links;
        }
    }

    /** A type the model knows by name alone. */
    record OtherType(QualifiedName name, Moment created) implements UserType {

        @Override
        public OtherType withName(QualifiedName newName) {
            return new OtherType(newName, created);
        }
    }
}
