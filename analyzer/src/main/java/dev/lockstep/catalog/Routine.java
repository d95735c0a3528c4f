package dev.lockstep.catalog;

import dev.lockstep.sql.Expression;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.Volatility;
import dev.lockstep.sql.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A function or procedure.
 *
 * @param name with the argument types in parentheses
 * @param plainName without them
 * @param arguments the types of its input parameters
 * @param optional how many of the last arguments may be left out
 * @param value the expression that PostgreSQL puts in the place of a call, if it does
 * @param definition the statement that made it, as it was written; absent when the history does not show it
 */
public record Routine(
        QualifiedName name,
        QualifiedName plainName,
        boolean procedure,
        List<TypeName> arguments,
        int optional,
        boolean variadic,
        Optional<TypeName> returns,
        String language,
        Volatility volatility,
        Optional<Expression> value,
        Optional<CreateFunction> definition,
        Moment created)
        implements CatalogObject {

    public Routine {
        arguments = List.copyOf(arguments);
    }

    static QualifiedName signature(QualifiedName plainName, List<TypeName> arguments) {
        StringBuilder types = new StringBuilder(plainName.name()).append('(');
        for (TypeName argument : arguments) {
            types.append(types.charAt(types.length() - 1) == '(' ? "" : ",").append(TypeNames.format(argument));
        }
        return new QualifiedName(plainName.schema(), types.append(')').toString());
    }

    /** Whether it can be called with so many arguments. */
    boolean takes(int count) {
        int most = variadic ? Integer.MAX_VALUE : arguments.size();
        return count >= arguments.size() - optional - (variadic ? 1 : 0) && count <= most;
    }

    Routine withPlainName(QualifiedName newName) {
        return edited(draft -> {
            draft.name = signature(newName, arguments);
            draft.plainName = newName;
        });
    }

    Routine withVolatility(Volatility newVolatility) {
        return edited(draft -> draft.volatility = newVolatility);
    }

    Routine withoutValue() {
        return edited(draft -> draft.value = Optional.empty());
    }

    @Override
    public Space space() {
        return Space.ROUTINE;
    }

    @Override
    public Routine following(Renaming renaming) {
        List<TypeName> newArguments = arguments.stream().map(renaming::type).toList();
        return new Routine(
                signature(plainName, newArguments),
                plainName,
                procedure,
                newArguments,
                optional,
                variadic,
                returns.map(renaming::type),
                language,
                volatility,
                value.map(renaming::expression),
                definition,
                created);
    }

    @Override
    public Set<Link> links() {
        Set<Link> links = new HashSet<>();
        Link.toSchema(name, links);
        links.add(new Link(Link.Kind.OVERLOADS, plainName));
        arguments.forEach(argument -> Link.toType(argument, links));
        returns.ifPresent(type -> Link.toType(type, links));
        value.ifPresent(expression -> Expressions.link(expression, links));
        return links;
    }

    private Routine edited(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** The parts of one routine while some of them change. */
    private static final class Draft {

        private QualifiedName name;
        private QualifiedName plainName;
        private boolean procedure;
        private List<TypeName> arguments;
        private int optional;
        private boolean variadic;
        private Optional<TypeName> returns;
        private String language;
        private Volatility volatility;
        private Optional<Expression> value;
        private Optional<CreateFunction> definition;
        private Moment created;

        Draft(Routine from) {
            this.name = from.name;
            this.plainName = from.plainName;
            this.procedure = from.procedure;
            this.arguments = from.arguments;
            this.optional = from.optional;
            this.variadic = from.variadic;
            this.returns = from.returns;
            this.language = from.language;
            this.volatility = from.volatility;
            this.value = from.value;
            this.definition = from.definition;
            this.created = from.created;
        }

        Routine finished() {
            return new Routine(
                    name,
                    plainName,
                    procedure,
                    arguments,
                    optional,
                    variadic,
                    returns,
                    language,
                    volatility,
                    value,
                    definition,
                    created);
        }
    }
}
