package dev.lockstep.testkit.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.NameRules;
import dev.lockstep.testkit.postgres.OnEveryPostgres;
import dev.lockstep.testkit.postgres.PgServer;
import dev.lockstep.testkit.postgres.ScratchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

class KeywordTruthTest {

    private static final int NEWEST = 18;

    @OnEveryPostgres
    void the_reserved_words_are_those_of_the_server(PgServer server) throws SQLException {
        Set<String> missed = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        try (ScratchDatabase database = server.database();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet words = statement.executeQuery("SELECT word, catcode FROM pg_get_keywords()")) {
            while (words.next()) {
                String word = words.getString(1);
                String kind = words.getString(2);
                boolean reserved = kind.equals("R") || kind.equals("T");
                if (reserved && !NameRules.isReserved(word) || !kind.equals("U") && !NameRules.isQuotedKeyword(word)) {
                    missed.add(word);
                }
                boolean ours = NameRules.isReserved(word) || kind.equals("U") && NameRules.isQuotedKeyword(word);
                if (ours && !reserved && server.major() == NEWEST) {
                    wrong.add(word);
                }
            }
        }
        assertThat(missed).as("reserved on the server").isEmpty();
        assertThat(wrong).as("not reserved on the server").isEmpty();
    }
}
