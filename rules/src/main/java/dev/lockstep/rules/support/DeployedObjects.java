package dev.lockstep.rules.support;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.ObjectAge;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Relation;
import dev.lockstep.catalog.Routine;
import dev.lockstep.catalog.UserType;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects besides tables whose names deployed code may use. */
public final class DeployedObjects {

    private DeployedObjects() {}

    /** What code would have to call the object, as far as the history tells. */
    public static QualifiedName name(Catalog catalog, ObjectKind kind, ObjectName object) {
        return switch (kind) {
            case SCHEMA -> new QualifiedName(Catalog.PUBLIC, object.name());
            case TYPE, DOMAIN ->
                find(catalog, object, name -> catalog.type(name).value().isPresent());
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
                catalog.routines(object).stream()
                        .map(Routine::plainName)
                        .findFirst()
                        .orElseGet(() -> catalog.resolve(object));
            default -> catalog.resolve(object);
        };
    }

    private static QualifiedName find(
            Catalog catalog, ObjectName object, java.util.function.Predicate<QualifiedName> isKnown) {
        return Stream.concat(object.schema().stream(), catalog.searchPath().stream())
                .map(schema -> new QualifiedName(schema, object.name()))
                .filter(isKnown)
                .findFirst()
                .orElseGet(() -> catalog.resolve(object));
    }

    /** Whether deployed code may be using it: it was there before this deploy, or may have been; one known to be gone was not. */
    public static boolean isDeployed(StatementContext context, ObjectKind kind, ObjectName object) {
        Catalog catalog = context.before();
        return switch (kind) {
            case SCHEMA ->
                !catalog.schema(object.name()).isAbsent()
                        && isOld(context, catalog.schema(object.name()).value().map(schema -> schema.created()));
            case TYPE, DOMAIN -> {
                QualifiedName name = name(catalog, kind, object);
                yield !catalog.type(name).isAbsent()
                        && isOld(context, catalog.type(name).value().map(UserType::created));
            }
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
                catalog.routines(object).isEmpty()
                        || catalog.routines(object).stream()
                                .anyMatch(routine -> isOld(context, Optional.of(routine.created())));
            case SEQUENCE ->
                !catalog.sequence(catalog.resolve(object)).isAbsent()
                        && isOld(
                                context,
                                catalog.sequence(catalog.resolve(object))
                                        .value()
                                        .map(Relation::created));
            default ->
                !catalog.table(catalog.resolve(object)).isAbsent() && context.isDeployed(catalog.resolve(object));
        };
    }

    private static boolean isOld(StatementContext context, Optional<Moment> created) {
        return created.orElse(Moment.BEFORE_HISTORY).ageAt(context.now()) == ObjectAge.BEFORE;
    }

    /** Whether an object of that kind has the name, again or still, when the transaction ends. */
    public static boolean isThereAtTheEnd(StatementContext context, ObjectKind kind, ObjectName object) {
        Catalog end = context.atTransactionEnd();
        QualifiedName name = name(context.before(), kind, object);
        return switch (kind) {
            case SCHEMA -> end.schema(object.name()).value().isPresent();
            case TYPE, DOMAIN -> end.type(name).value().isPresent();
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE ->
                !end.routines(new ObjectName(Optional.of(name.schema()), name.name(), object.span()))
                        .isEmpty();
            case SEQUENCE -> end.sequence(name).value().isPresent();
            default -> end.table(name).value().isPresent();
        };
    }
}
