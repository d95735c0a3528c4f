package dev.lockstep.verify;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogSeed;
import dev.lockstep.observe.Database;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A schema dump run on the scratch server as psql runs one: what the server refuses, such as an owner that it does not know, is passed
 * over.
 *
 * @param catalog what the statements that ran have made
 * @param refused a line on those that did not
 */
record DumpRun(Catalog catalog, Optional<String> refused) {

    static DumpRun of(ParsedScript dump, Database database) throws SQLException {
        List<Statement> accepted = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        List<Statement> statements = dump.statements().stream()
                .filter(statement -> !(statement instanceof Statement.Copy))
                .toList();
        try (Connection connection = database.connect();
                java.sql.Statement session = connection.createStatement()) {
            session.setEscapeProcessing(false);
            for (Statement statement : statements) {
                try {
                    session.execute(dump.source().text(statement.span()));
                    accepted.add(statement);
                } catch (SQLException failed) {
                    if (connection.isClosed()) {
                        throw failed;
                    }
                    refusals.add(dump.source().path() + ":"
                            + dump.source().position(statement.span().start()) + ": " + failed.getMessage());
                }
            }
        }
        return new DumpRun(
                CatalogSeed.of(accepted),
                refusals.stream()
                        .findFirst()
                        .map(first -> "the server refused " + refusals.size() + " of " + statements.size()
                                + " statements of the schema, first "
                                + first.lines().findFirst().orElse("")));
    }
}
