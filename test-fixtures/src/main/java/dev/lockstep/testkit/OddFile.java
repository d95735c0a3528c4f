package dev.lockstep.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Input that readers of SQL files trip over, made byte by byte when a test asks for it. */
public enum OddFile {
    EMPTY(""),
    ONLY_COMMENTS("-- nothing to do here\n/* nor /* here */ */\n"),
    NO_LAST_SEMICOLON("CREATE TABLE a (id int);\nCREATE TABLE b (id int)"),
    BYTE_ORDER_MARK("\uFEFFCREATE TABLE a (id int);\n"),
    CRLF("CREATE TABLE a (\r\n    id int\r\n);\r\nALTER TABLE a ADD COLUMN n int;\r\n"),
    LONE_CR("CREATE TABLE a (id int);\r-- a comment\rALTER TABLE a ADD COLUMN n int;\r"),
    LATIN1_COMMENT(ISO_8859_1, "-- Stra\u00dfe und Hausnummer\nCREATE TABLE a (id int);\n"),
    LATIN1_STRING(ISO_8859_1, "CREATE TABLE a (city text DEFAULT 'M\u00fcnchen');\n"),
    UTF_16_FILE(UTF_16, "CREATE TABLE a (id int);\n"),
    BEYOND_THE_BASIC_PLANE("CREATE TABLE a (id int); -- \ud83d\ude80\nSELECT '\ud83d\ude80', id FROM a;\n"),
    NUL_BYTE("CREATE TABLE a (id int);\nCREATE TABLE b\0 (id int);\n"),
    UNTERMINATED_QUOTE("CREATE TABLE a (id int);\nCOMMENT ON TABLE a IS 'it''s open;\nDROP TABLE a;\n"),
    UNTERMINATED_DOLLAR_QUOTE("DO $body$ BEGIN PERFORM 1; END $other$;\n"),
    NESTED_DOLLAR_QUOTES("DO $a$ BEGIN EXECUTE $b$ SELECT ';' $b$; END $a$;\nSELECT $$;$$;\n"),
    PLACEHOLDER("CREATE TABLE ${schema}.a (id int);\nALTER TABLE ${schema}.a ADD COLUMN ${prefix}_n int;\n"),
    PSQL_DUMP("""
            \\connect shop
            CREATE TABLE a (id int, note text);
            COPY a (id, note) FROM stdin;
            1\tone; DROP TABLE a;
            2\tit's
            \\.
            ALTER TABLE a ADD COLUMN n int;
            """),
    NESTED_PARENTHESES("SELECT " + "(".repeat(3_000) + "1" + ")".repeat(3_000) + ";\n"),
    FIVE_MEGABYTES("") {
        @Override
        public byte[] bytes() {
            return fiveMegabytes().getBytes(UTF_8);
        }
    };

    private final Charset charset;
    private final String text;

    OddFile(Charset charset, String text) {
        this.charset = charset;
        this.text = text;
    }

    OddFile(String text) {
        this(UTF_8, text);
    }

    /** The file's name, such as {@code nul-byte.sql}. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql";
    }

    public byte[] bytes() {
        return text.getBytes(charset);
    }

    /** Writes the file into the directory and answers its path. */
    public Path writeTo(Path directory) throws IOException {
        return Files.write(directory.resolve(fileName()), bytes());
    }

    /** Writes every odd file into the directory. */
    public static List<Path> writeAllTo(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (OddFile file : values()) {
            paths.add(file.writeTo(directory));
        }
        return List.copyOf(paths);
    }

    private static String fiveMegabytes() {
        int size = 5 << 20;
        StringBuilder script = new StringBuilder(size + 100);
        for (int table = 1; script.length() < size; table++) {
            script.append("CREATE TABLE t").append(table).append(" (id bigint PRIMARY KEY, note text);\n");
            script.append("ALTER TABLE t").append(table).append(" ADD COLUMN n int DEFAULT 0;\n");
        }
        return script.toString();
    }
}
