package dev.lockstep.rules.support;

import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;

/** Where a finding about a whole statement stands. */
public final class Place {

    private Place() {}

    /** The same for a statement in its file; all of the one that runs it where it is of code that stands elsewhere. */
    public static Span of(StatementContext context) {
        return context.place().equals(context.statement().span()) ? of(context.statement()) : context.place();
    }

    /** What the statement does to what: its first keyword through its relation's name; all of a short one. */
    public static Span of(Statement statement) {
        if (statement instanceof Statement.Update update) {
            return update.head();
        } else if (statement instanceof Statement.Delete delete) {
            return delete.head();
        } else if (statement instanceof Statement.Insert insert) {
            return insert.head();
        } else if (statement instanceof Statement.Merge merge) {
            return merge.head();
        } else if (statement instanceof Statement.CreateTable create) {
            return create.head();
        } else if (statement instanceof Statement.CreateTableAs create) {
            return create.head();
        } else if (statement instanceof Statement.CreateView create) {
            return create.head();
        } else if (statement instanceof Statement.CreateIndex create) {
            return create.head();
        } else if (statement instanceof Statement.AlterTable alter) {
            return alter.actions().size() == 1 ? alter.actions().get(0).span() : alter.head();
        } else if (statement instanceof SessionStatement.RefreshMaterializedView refresh) {
            return refresh.head();
        } else if (statement instanceof AttachedStatement.CreateTrigger create) {
            return create.head();
        }
        return statement.span();
    }
}
