package dev.lockstep.rules.support;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Statement.AlterTable;
import java.util.function.BiConsumer;

/** Walks the actions of ALTER TABLE. */
public final class AlterTables {

    private AlterTables() {}

    /** Hands each action of the given kind to {@code visit}, with the table it acts on; a table known to be gone has none. */
    public static <A extends AlterAction> void forEach(
            StatementContext context, Class<A> kind, BiConsumer<QualifiedName, A> visit) {
        if (!(context.statement() instanceof AlterTable alter)) {
            return;
        }
        QualifiedName table = context.before().resolve(alter.table());
        if (context.before().table(table).isAbsent()) {
            return;
        }
        alter.actions().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .forEach(action -> visit.accept(table, action));
    }
}
