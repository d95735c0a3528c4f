package dev.lockstep.rules.support;

import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeStatement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that a statement gives, for rules on how things are called. */
public final class NewNames {

    private static final Pattern LAST_PART = Pattern.compile("(?:U&)?\"(?:[^\"]|\"\")*\"$|[^\\s.\"]+$");

    private NewNames() {}

    /** What is named. */
    public enum Kind {
        SCHEMA,
        TABLE,
        VIEW,
        COLUMN,
        INDEX,
        PRIMARY_KEY,
        FOREIGN_KEY,
        UNIQUE,
        CHECK,
        SEQUENCE,
        TYPE,
        FUNCTION,
        TRIGGER;

        /** As options and messages spell it: {@code primary-key}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** {@code span} is where it stands; the whole action where a RENAME gives it. */
    public record NewName(Kind kind, String name, Span span) {}

    public static List<NewName> of(Statement statement) {
        List<NewName> names = new ArrayList<>();
        if (statement instanceof Statement.CreateTable create) {
            if (create.persistence() != Statement.Persistence.TEMPORARY) {
                add(Kind.TABLE, create.table(), names);
                create.columns().forEach(column -> add(column, names));
                create.constraints().forEach(constraint -> add(constraint, names));
            }
        } else if (statement instanceof Statement.AlterTable alter) {
            alter.actions().forEach(action -> add(action, names));
        } else if (statement instanceof Statement.CreateTableAs create) {
            add(create.materializedView() ? Kind.VIEW : Kind.TABLE, create.table(), names);
        } else if (statement instanceof Statement.CreateView create) {
            add(Kind.VIEW, create.view(), names);
        } else if (statement instanceof Statement.CreateIndex create) {
            create.index().ifPresent(name -> names.add(new NewName(Kind.INDEX, name.name(), name.span())));
        } else if (statement instanceof Statement.CreateSchema create) {
            create.schema().ifPresent(name -> names.add(new NewName(Kind.SCHEMA, name, create.span())));
        } else if (statement instanceof Statement.Rename rename) {
            kind(rename).ifPresent(kind -> names.add(new NewName(kind, rename.newName(), rename.action())));
        } else if (statement instanceof ObjectStatement.CreateSequence create) {
            add(Kind.SEQUENCE, create.sequence(), names);
        } else if (statement instanceof RoutineStatement.CreateFunction create) {
            add(Kind.FUNCTION, create.function(), names);
        } else if (statement instanceof AttachedStatement.CreateTrigger create) {
            names.add(new NewName(
                    Kind.TRIGGER, create.name().name(), create.name().span()));
        } else {
            type(statement).ifPresent(type -> add(Kind.TYPE, type, names));
        }
        return names;
    }

    /** The name as the file has it, quotes included: PostgreSQL may have cut it short. */
    public static String written(StatementContext context, NewName name) {
        Matcher last = LAST_PART.matcher(context.text(name.span()));
        return last.find() ? last.group() : name.name();
    }

    private static Optional<ObjectName> type(Statement statement) {
        if (statement instanceof TypeStatement.CreateEnum create) {
            return Optional.of(create.type());
        }
        if (statement instanceof TypeStatement.CreateCompositeType create) {
            return Optional.of(create.type());
        }
        return statement instanceof TypeStatement.CreateDomain create ? Optional.of(create.domain()) : Optional.empty();
    }

    private static Optional<Kind> kind(Statement.Rename rename) {
        return switch (rename.kind()) {
            case TABLE -> Optional.of(Kind.TABLE);
            case VIEW, MATERIALIZED_VIEW -> Optional.of(Kind.VIEW);
            case COLUMN -> Optional.of(Kind.COLUMN);
            case INDEX -> Optional.of(Kind.INDEX);
            case SEQUENCE -> Optional.of(Kind.SEQUENCE);
            case SCHEMA -> Optional.of(Kind.SCHEMA);
            case TYPE, DOMAIN -> Optional.of(Kind.TYPE);
            case FUNCTION, PROCEDURE, ROUTINE -> Optional.of(Kind.FUNCTION);
            case TRIGGER -> Optional.of(Kind.TRIGGER);
            default -> Optional.empty();
        };
    }

    private static void add(Kind kind, ObjectName name, List<NewName> names) {
        names.add(new NewName(kind, name.name(), name.span()));
    }

    private static void add(AlterAction action, List<NewName> names) {
        if (action instanceof AlterAction.AddColumn added) {
            add(added.column(), names);
        } else if (action instanceof AlterAction.AddConstraint added) {
            add(added.constraint(), names);
        }
    }

    private static void add(ColumnDefinition column, List<NewName> names) {
        names.add(new NewName(Kind.COLUMN, column.name().name(), column.name().span()));
        column.constraints().forEach(constraint -> add(constraint, names));
    }

    private static void add(Constraint constraint, List<NewName> names) {
        constraint
                .name()
                .ifPresent(name ->
                        kind(constraint).ifPresent(kind -> names.add(new NewName(kind, name.name(), name.span()))));
    }

    private static Optional<Kind> kind(Constraint constraint) {
        if (constraint instanceof Constraint.PrimaryKey) {
            return Optional.of(Kind.PRIMARY_KEY);
        }
        if (constraint instanceof Constraint.ForeignKey) {
            return Optional.of(Kind.FOREIGN_KEY);
        }
        if (constraint instanceof Constraint.Unique) {
            return Optional.of(Kind.UNIQUE);
        }
        return constraint instanceof Constraint.Check ? Optional.of(Kind.CHECK) : Optional.empty();
    }
}
