package dev.lockstep.parse.dialect;

import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.UnsupportedStatement;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.update.UpdateSet;
import org.jspecify.annotations.Nullable;

/** JSqlParser, which reads the SQL of many databases; loaded when PostgreSQL refuses a statement. */
final class OtherParser {

    private static final int PATIENCE_IN_MILLISECONDS = 2_000;

    private OtherParser() {}

    static boolean understands(String statement) {
        return parse(statement).isPresent();
    }

    /** With the form that this very statement has in PostgreSQL, where it can be written down. */
    static ForeignSyntax withForm(ForeignSyntax syntax, String statement) {
        return (syntax.construct().endsWith("LIMIT") ? parse(statement) : Optional.<Statement>empty())
                .flatMap(OtherParser::batched)
                .map(form -> new ForeignSyntax(
                        syntax.dialect(), syntax.construct(), "Pick the rows in a sub-select: " + form))
                .orElse(syntax);
    }

    private static Optional<Statement> parse(String statement) {
        try {
            Statement parsed = CCJSqlParserUtil.parse(
                    statement, parser -> parser.withSquareBracketQuotation(true).withTimeOut(PATIENCE_IN_MILLISECONDS));
            return Optional.ofNullable(parsed).filter(known -> !(known instanceof UnsupportedStatement));
        } catch (JSQLParserException refused) {
            return Optional.empty();
        }
    }

    private static Optional<String> batched(Statement statement) {
        if (statement instanceof Update update && update.getLimit() != null && isPlain(update.getTable())) {
            return Optional.of("UPDATE " + update.getTable() + " SET " + list(update.getUpdateSets()) + " WHERE "
                    + picked(update.getTable(), update.getWhere(), update.getOrderByElements(), update.getLimit()));
        }
        return statement instanceof Delete delete && delete.getLimit() != null && isPlain(delete.getTable())
                ? Optional.of("DELETE FROM " + delete.getTable() + " WHERE "
                        + picked(delete.getTable(), delete.getWhere(), delete.getOrderByElements(), delete.getLimit()))
                : Optional.empty();
    }

    /** One table, by its name. */
    private static boolean isPlain(@Nullable Table table) {
        return table != null && table.getAlias() == null;
    }

    private static String list(List<UpdateSet> sets) {
        return UpdateSet.appendUpdateSetsTo(new StringBuilder(), sets)
                .toString()
                .strip();
    }

    private static String picked(
            Table table, @Nullable Expression where, @Nullable List<OrderByElement> order, Limit limit) {
        return "ctid = ANY (ARRAY (SELECT ctid FROM " + table
                + (where == null ? "" : " WHERE " + where)
                + (order == null ? "" : net.sf.jsqlparser.statement.select.PlainSelect.orderByToString(order))
                + limit + "))";
    }
}
