package dev.lockstep.rules.support;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import java.util.ArrayList;
import java.util.List;

/** The columns that a statement makes or gives another type, for rules on how tables are built. */
public final class NewColumns {

    private NewColumns() {}

    /**
     * A column that a statement makes.
     *
     * @param isKey whether the primary key is this column, or has it
     */
    public record NewColumn(QualifiedName table, ColumnDefinition definition, boolean isKey) {

        public String name() {
            return definition.name().name();
        }
    }

    /** A type that a statement gives to a column. */
    public record NewType(QualifiedName table, String column, TypeName type) {

        /** Whether it is one of the types, under their names in the catalog, and no array of them. */
        public boolean isOneOf(String... names) {
            return type.arrayDimensions() == 0 && List.of(names).contains(type.name());
        }
    }

    /** Those of CREATE TABLE and ADD COLUMN, temporary tables aside. */
    public static List<NewColumn> of(StatementContext context) {
        List<NewColumn> columns = new ArrayList<>();
        if (context.statement() instanceof Statement.CreateTable create) {
            if (create.persistence() != Statement.Persistence.TEMPORARY) {
                QualifiedName table = context.before().created(create.table());
                create.columns().forEach(column -> columns.add(new NewColumn(table, column, isKey(column, create))));
            }
            return columns;
        }
        AlterTables.forEach(
                context,
                AlterAction.AddColumn.class,
                (table, action) -> columns.add(new NewColumn(table, action.column(), hasKey(action.column()))));
        return columns;
    }

    /** Those of new columns, and those that ALTER COLUMN gives. */
    public static List<NewType> types(StatementContext context) {
        List<NewType> types = new ArrayList<>();
        of(context)
                .forEach(column -> column.definition()
                        .type()
                        .ifPresent(type -> types.add(new NewType(column.table(), column.name(), type))));
        AlterTables.forEach(
                context,
                AlterAction.AlterColumnType.class,
                (table, action) -> types.add(new NewType(table, action.column(), action.type())));
        return types;
    }

    private static boolean isKey(ColumnDefinition column, Statement.CreateTable create) {
        return hasKey(column)
                || create.constraints().stream()
                        .anyMatch(constraint -> constraint instanceof Constraint.PrimaryKey key
                                && key.columns().contains(column.name().name()));
    }

    private static boolean hasKey(ColumnDefinition column) {
        return column.constraints().stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
    }
}
