package dev.lockstep.rules.support;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The constraints that a statement makes, for rules on how they are written. */
public final class NewConstraints {

    private NewConstraints() {}

    /** A constraint and the table it is made on; its columns, also where it stands behind one. */
    public record NewConstraint(QualifiedName table, Constraint constraint) {}

    /** Those of CREATE TABLE, ADD COLUMN and ADD CONSTRAINT, temporary tables aside. */
    public static List<NewConstraint> of(StatementContext context) {
        List<NewConstraint> made = new ArrayList<>();
        if (context.statement() instanceof Statement.CreateTable create
                && create.persistence() != Statement.Persistence.TEMPORARY) {
            QualifiedName table = context.before().created(create.table());
            create.constraints().forEach(constraint -> made.add(new NewConstraint(table, constraint)));
        }
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            column.definition()
                    .constraints()
                    .forEach(constraint -> made.add(new NewConstraint(column.table(), constraint)));
        }
        AlterTables.forEach(
                context,
                AlterAction.AddConstraint.class,
                (table, action) -> made.add(new NewConstraint(table, action.constraint())));
        return made;
    }
}
