package dev.lockstep.catalog;

import dev.lockstep.catalog.CatalogObject.Space;
import dev.lockstep.catalog.Link.Kind;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.TypeName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object's change of name or schema, carried to whatever holds on to it. */
record Renaming(Space space, QualifiedName from, QualifiedName to) {

    private static final Set<Kind> TO_RELATIONS = EnumSet.of(
            Kind.INDEX_OF,
            Kind.PART_OF_INDEX,
            Kind.CHILD_OF,
            Kind.REFERENCES,
            Kind.RELIES_ON_INDEX,
            Kind.READS,
            Kind.OWNED_BY,
            Kind.DRAWS_FROM,
            // A table's row type has the table's name.
            Kind.HAS_TYPE);

    private Set<Kind> kinds() {
        return switch (space) {
            case RELATION -> TO_RELATIONS;
            case TYPE -> EnumSet.of(Kind.HAS_TYPE);
            case ROUTINE -> EnumSet.of(Kind.CALLS);
            case SCHEMA -> EnumSet.noneOf(Kind.class);
        };
    }

    /** Brings everything that names the old name to the new one. */
    Catalog follow(Catalog catalog) {
        Catalog after = catalog;
        for (Kind kind : kinds()) {
            for (CatalogObject holder : catalog.dependents(kind, from, CatalogObject.class)) {
                CatalogObject known = after.object(holder.id()).orElse(holder);
                CatalogObject followed = known.following(this);
                after = followed.id().equals(known.id()) ? after.with(followed) : after.replacing(known, followed);
            }
        }
        return after;
    }

    QualifiedName relation(QualifiedName name) {
        return space == Space.RELATION && name.equals(from) ? to : name;
    }

    QualifiedName routine(QualifiedName name) {
        return space == Space.ROUTINE && name.equals(from) ? to : name;
    }

    TypeName type(TypeName type) {
        return (space == Space.TYPE || space == Space.RELATION) && Catalog.isNamed(type, from)
                ? new TypeName(
                        Optional.of(to.schema()),
                        to.name(),
                        type.modifiers(),
                        type.arrayDimensions(),
                        type.setOf(),
                        type.span())
                : type;
    }

    Expression expression(Expression expression) {
        return Expressions.rewrite(expression, this::part);
    }

    private Expression part(Expression part) {
        if (part instanceof Expression.FunctionCall call) {
            boolean draws = Expressions.sequenceName(call)
                    .filter(List.of(from.schema(), from.name())::equals)
                    .isPresent();
            if (space == Space.RELATION && draws) {
                return Expressions.nextValue(to);
            }
            return space == Space.ROUTINE
                            && call.name().equals(from.name())
                            && call.schema().filter(from.schema()::equals).isPresent()
                    ? new Expression.FunctionCall(Optional.of(to.schema()), to.name(), call.arguments())
                    : call;
        }
        return part instanceof Expression.Cast cast ? new Expression.Cast(cast.operand(), type(cast.type())) : part;
    }
}
