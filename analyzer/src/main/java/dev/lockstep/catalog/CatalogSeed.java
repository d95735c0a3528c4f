package dev.lockstep.catalog;

import dev.lockstep.sql.Statement;
import java.util.List;

/** A schema given as a whole, such as {@code pg_dump --schema-only} writes it. */
public final class CatalogSeed {

    private CatalogSeed() {}

    /**
     * The catalog that the statements of a schema dump make, from before the history: tables hold rows, and what the dump does not make
     * is not there. Extensions leave open what they brought.
     */
    public static Catalog of(List<Statement> dump) {
        Catalog catalog = Catalog.empty().withComplete(true);
        for (Statement statement : dump) {
            catalog = CatalogReplay.apply(catalog, statement, Moment.BEFORE_HISTORY);
        }
        for (Table table : catalog.tables()) {
            catalog = catalog.with(table.withRows(RowEstimate.MANY));
        }
        return catalog.inNewSession();
    }
}
