package dev.lockstep.verify;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Failure.When;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the server whether a failure that is predicted to depend on rows does. */
record RowConditions(ObservedSession session, Footprint predicted) {

    /** Whether any predicted failure depends on rows. */
    boolean any() {
        return predicted.failures().stream().anyMatch(RowConditions::dependsOnRows);
    }

    /** Whether a failure is predicted that is certain if the first table holds a row, and it holds one. */
    boolean rowsExist() throws SQLException {
        boolean asked = predicted.failures().stream().anyMatch(failure -> failure.when() == When.IF_ROWS_EXIST);
        List<String> tables = asked ? tables() : List.of();
        return !tables.isEmpty() && session.holds("SELECT FROM " + tables.get(0) + " LIMIT 1");
    }

    /** Whether a failure that was predicted to be the rows' fault comes without them too. */
    boolean failsWithoutRows(String sql, Observation observed) throws SQLException {
        if (observed.failure().isEmpty() || !observed.inTransaction()) {
            return false;
        }
        String sqlState = observed.failure().get().sqlState();
        boolean blamed = predicted.failures().stream()
                .anyMatch(
                        failure -> dependsOnRows(failure) && failure.sqlState().equals(sqlState));
        List<String> tables = blamed ? tables() : List.of();
        return !tables.isEmpty()
                && session.failureWithoutRows(tables, sql)
                        .filter(failure -> failure.sqlState().equals(sqlState))
                        .isPresent();
    }

    private static boolean dependsOnRows(Failure failure) {
        return failure.when() == When.IF_ROWS_EXIST || failure.when() == When.IF_A_ROW_VIOLATES;
    }

    /** The tables of the prediction that are there, in its order, quoted. */
    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        for (RelationLock lock : predicted.locks()) {
            String name = quoted(lock.relation());
            if (session.holds(
                    "SELECT FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p') AND oid = pg_catalog.to_regclass('"
                            + name.replace("'", "''") + "')")) {
                tables.add(name);
            }
        }
        return tables;
    }

    private static String quoted(QualifiedName name) {
        return quoted(name.schema()) + "." + quoted(name.name());
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
