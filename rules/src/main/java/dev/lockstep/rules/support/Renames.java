package dev.lockstep.rules.support;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Rename;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Renames in the same transaction, through which one table or column takes the place of another. */
public final class Renames {

    private Renames() {}

    /** Whether a later statement of the transaction gives the table's name to another. */
    public static boolean isTakenLater(StatementContext context, QualifiedName table) {
        return tables(context, context.later())
                .anyMatch(rename -> newName(rename).equals(table));
    }

    /** Whether an earlier statement of the transaction gave the table this name. */
    public static boolean isGivenEarlier(StatementContext context, QualifiedName table) {
        return tables(context, context.earlier())
                .anyMatch(rename -> newName(rename).equals(table));
    }

    /** The name that the column had before a rename earlier in the transaction. */
    public static Optional<String> columnBefore(StatementContext context, QualifiedName table, String column) {
        return columns(context, context.earlier(), table)
                .filter(rename -> rename.newName().equals(column))
                .flatMap(rename -> rename.part().stream())
                .findFirst();
    }

    /** The column to which a later statement of the transaction gives the name. */
    public static Optional<String> columnTakingName(StatementContext context, QualifiedName table, String name) {
        return columns(
                        context,
                        Stream.concat(context.earlier().stream(), context.later().stream())
                                .toList(),
                        table)
                .filter(rename -> rename.newName().equals(name))
                .flatMap(rename -> rename.part().stream())
                .findFirst();
    }

    private record TableRename(StatementContext context, Rename rename) {}

    private static QualifiedName newName(TableRename rename) {
        QualifiedName old = rename.context().before().resolve(rename.rename().object());
        return new QualifiedName(old.schema(), rename.rename().newName());
    }

    private static Stream<TableRename> tables(StatementContext context, List<StatementContext> others) {
        return inTransaction(context, others)
                .filter(other -> other.statement() instanceof Rename rename && rename.kind() == ObjectKind.TABLE)
                .map(other -> new TableRename(other, (Rename) other.statement()));
    }

    private static Stream<Rename> columns(
            StatementContext context, List<StatementContext> others, QualifiedName table) {
        return inTransaction(context, others)
                .filter(other -> other.statement() instanceof Rename rename
                        && rename.kind() == ObjectKind.COLUMN
                        && other.before().resolve(rename.object()).equals(table))
                .map(other -> (Rename) other.statement());
    }

    private static Stream<StatementContext> inTransaction(StatementContext context, List<StatementContext> others) {
        return others.stream().filter(other -> other.now().equals(context.now()));
    }
}
