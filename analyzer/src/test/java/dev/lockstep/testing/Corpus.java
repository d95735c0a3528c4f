package dev.lockstep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Statements of PostgreSQL 18's grammar, each under a comment line that says what it is to the model. */
public final class Corpus {

    /** A statement without its semicolon, and the model's record or the parse node it becomes. */
    public record Entry(String kind, String sql) {}

    private static final Pattern BLANK_LINES = Pattern.compile("\n\n+");

    private Corpus() {}

    public static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (String block : BLANK_LINES.split(text(), 0)) {
            String[] lines = block.strip().split("\n", 2);
            if (lines.length != 2 || !lines[0].startsWith("-- ") || !lines[1].endsWith(";")) {
                throw new IllegalStateException("not a corpus entry: " + block);
            }
            entries.add(new Entry(lines[0].substring(3), lines[1].substring(0, lines[1].length() - 1)));
        }
        return entries;
    }

    public static List<String> statements() {
        return entries().stream().map(Entry::sql).toList();
    }

    private static String text() {
        try (InputStream corpus = Objects.requireNonNull(Corpus.class.getResourceAsStream("postgresql-18.sql"))) {
            return new String(corpus.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
