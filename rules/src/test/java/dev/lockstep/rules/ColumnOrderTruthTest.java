package dev.lockstep.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.TypeName;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import dev.lockstep.text.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

class ColumnOrderTruthTest {

    /** A value of each type; their rows are laid out in many orders. */
    private static final Map<String, String> VALUES = Map.of(
            "bool", "true",
            "uuid", "'00000000-0000-0000-0000-000000000000'",
            "int2", "1",
            "int4", "1",
            "date", "'2000-01-01'",
            "int8", "1",
            "timetz", "'00:00+00'",
            "timestamptz", "'2000-01-01'",
            "interval", "'1 day'");

    private static final int ROW_HEADER = 24;

    @OnEveryPostgres
    void the_widths_are_those_of_the_servers_types(PgServer server) throws SQLException {
        int compared = 0;
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet types = statement.executeQuery("""
                        SELECT typname, typlen, CASE typalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END
                        FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype = 'b'""")) {
            while (types.next()) {
                Optional<ColumnOrder.Width> width = ColumnOrder.width(type(types.getString(1)));
                if (width.isPresent()) {
                    compared++;
                    assertThat(width.get())
                            .as(types.getString(1))
                            .isEqualTo(new ColumnOrder.Width(types.getInt(2), types.getInt(3)));
                }
            }
        }
        assertThat(compared).isGreaterThan(VALUES.size());
    }

    @OnEveryPostgres
    void the_padding_is_what_rows_have_over_their_values(PgServer server) throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> types = new ArrayList<>(VALUES.keySet());
        Collections.sort(types);
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int round = 0; round < 40; round++) {
                Collections.shuffle(types, random);
                List<ColumnOrder.Width> widths = types.stream()
                        .flatMap(type -> ColumnOrder.width(type(type)).stream())
                        .toList();
                int values = widths.stream().mapToInt(ColumnOrder.Width::bytes).sum();
                assertThat(ROW_HEADER + values + ColumnOrder.padding(widths, false))
                        .as("%s, seed %d", types, seed)
                        .isEqualTo(rowSize(statement, types));
            }
        }
    }

    private static int rowSize(Statement statement, List<String> types) throws SQLException {
        statement.execute(types.stream()
                .map(type -> "of_" + type + " " + type)
                .collect(Collectors.joining(", ", "CREATE TEMPORARY TABLE sample (", ")")));
        statement.execute(
                types.stream().map(VALUES::get).collect(Collectors.joining(", ", "INSERT INTO sample VALUES (", ")")));
        try (ResultSet size = statement.executeQuery("SELECT pg_column_size(sample) FROM sample")) {
            size.next();
            return size.getInt(1);
        } finally {
            statement.execute("DROP TABLE sample");
        }
    }

    private static TypeName type(String name) {
        return new TypeName(Optional.empty(), name, List.of(), 0, false, new Span(0, 0));
    }
}
