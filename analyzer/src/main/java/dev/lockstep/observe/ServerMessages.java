package dev.lockstep.observe;

import dev.lockstep.observe.Relations.Relation;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server says at {@code client_min_messages = debug1}. */
record ServerMessages(List<String> lines) {

    // ATRewriteTable in tablecmds.c and index_build in index.c; they name the table without its schema.
    private static final Pattern CHECKED = Pattern.compile("^(?:verifying|rewriting) table \"(.+)\"$");
    private static final Pattern INDEXED = Pattern.compile("^building index \".+\" on table \"(.+?)\" ");

    static ServerMessages of(Statement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            lines.add(warning.getMessage());
        }
        return new ServerMessages(List.copyOf(lines));
    }

    /** The tables the server said it reads whole. */
    Stream<String> scanned(Relations relations) {
        return Stream.concat(named(CHECKED, relations), indexed(relations));
    }

    /** The tables the server said it builds an index on. */
    Stream<String> indexed(Relations relations) {
        return named(INDEXED, relations);
    }

    /** A name found in two schemas means both. */
    private Stream<String> named(Pattern pattern, Relations relations) {
        Set<String> tables = lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
        return relations.all().stream()
                .filter(relation -> tables.contains(relation.relname()))
                .map(Relation::name);
    }
}
