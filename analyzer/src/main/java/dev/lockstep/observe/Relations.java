package dev.lockstep.observe;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The relations of user schemas as the reading transaction sees them, by object id. */
record Relations(Map<Long, Relation> byId) {

    /**
     * A relation.
     *
     * @param fileNode zero for relations without storage, such as views
     * @param table the table of an index, zero for anything else
     */
    record Relation(long id, String schema, String relname, char kind, long fileNode, long table) {

        String name() {
            return schema + "." + relname;
        }

        String quotedName() {
            return quoted(schema) + "." + quoted(relname);
        }

        private static String quoted(String identifier) {
            return '"' + identifier.replace("\"", "\"\"") + '"';
        }
    }

    private static final String QUERY = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0), coalesce(i.indrelid, 0)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY n.nspname, c.relname
            """;

    static Relations read(Connection connection) throws SQLException {
        Map<Long, Relation> byId = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                Relation relation = new Relation(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4).charAt(0),
                        rows.getLong(5),
                        rows.getLong(6));
                byId.put(relation.id(), relation);
            }
        }
        return new Relations(byId);
    }

    Collection<Relation> all() {
        return byId.values();
    }

    Optional<Relation> find(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Relation> find(String name) {
        return all().stream().filter(relation -> relation.name().equals(name)).findFirst();
    }

    /** The tables, materialized views and sequences that have another file now. */
    Set<String> rewritten(Relations after) {
        return newStorage("rmS", relation -> after.find(relation.id()));
    }

    /** The indexes that have another file now; one built concurrently comes as another object under the old one's name. */
    Set<String> rebuilt(Relations after) {
        return newStorage("i", relation -> after.find(relation.id()).or(() -> after.find(relation.name())));
    }

    private Set<String> newStorage(String kinds, Function<Relation, Optional<Relation>> successor) {
        return all().stream()
                .filter(relation -> kinds.indexOf(relation.kind()) >= 0)
                .filter(relation -> successor
                        .apply(relation)
                        .filter(now -> now.fileNode() != relation.fileNode())
                        .isPresent())
                .map(Relation::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<Relation> indexesOf(long table) {
        return all().stream().filter(relation -> relation.table() == table).toList();
    }
}
