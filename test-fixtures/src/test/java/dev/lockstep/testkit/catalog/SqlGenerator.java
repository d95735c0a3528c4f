package dev.lockstep.testkit.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Random DDL over a few names, so that statements meet each other's objects; a server refuses a good part of it. */
final class SqlGenerator {

    private static final List<String> TABLES = List.of("t", "u", "v", "w", "p", "q");
    private static final List<String> PARTITIONED = List.of("m", "n");
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d");
    private static final List<String> TYPES = List.of(
            "int",
            "bigint",
            "text",
            "varchar(9)",
            "numeric(8,2)",
            "timestamptz",
            "date",
            "uuid",
            "int[]",
            "small",
            "color");

    private final Random random;
    private final List<Supplier<String>> statements = new ArrayList<>();

    SqlGenerator(long seed) {
        this.random = new Random(seed);
        more(6, this::createTable);
        more(2, this::createPartitioned);
        more(3, this::createPartition);
        more(30, this::alterTable);
        more(6, this::createIndex);
        more(3, this::view);
        more(3, this::type);
        more(4, this::rename);
        more(4, this::drop);
        more(2, this::trigger);
        more(2, this::sequence);
    }

    private void more(int weight, Supplier<String> statement) {
        for (int i = 0; i < weight; i++) {
            statements.add(statement);
        }
    }

    /** What all the others stand on. */
    List<String> preamble() {
        return List.of(
                "CREATE DOMAIN small AS int CHECK (VALUE < 100)",
                "CREATE TYPE color AS ENUM ('red', 'green')",
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE SCHEMA s",
                "CREATE TABLE t (a int PRIMARY KEY, b text)",
                "CREATE TABLE u (a int REFERENCES t, b text, c int)",
                "CREATE TABLE v (a int, b text, c int, d small)",
                "CREATE TABLE w (a serial, b text UNIQUE, c int)",
                // The model does not check the types in expressions: no condition here is about one type.
                "CREATE TABLE p (a int CHECK (a IS NOT NULL), b color, c int[], d date)",
                "CREATE TABLE m (a int NOT NULL, b text, c int) PARTITION BY RANGE (a)",
                "CREATE TABLE m1 PARTITION OF m FOR VALUES FROM (0) TO (10)");
    }

    String next() {
        return pick(statements).get();
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String table() {
        return chance(25) ? pick(PARTITIONED) : pick(TABLES);
    }

    private String column() {
        return pick(COLUMNS);
    }

    private String columnList() {
        String first = column();
        return chance(70) ? first : first + ", " + column();
    }

    private String createTable() {
        StringBuilder sql = new StringBuilder("CREATE TABLE ");
        if (chance(20)) {
            sql.append("IF NOT EXISTS ");
        }
        sql.append(pick(TABLES)).append(" (");
        int columns = 1 + random.nextInt(4);
        for (int i = 0; i < columns; i++) {
            sql.append(i == 0 ? "" : ", ").append(definition(COLUMNS.get(i)));
        }
        if (chance(30)) {
            sql.append(", ").append(constraint());
        }
        if (chance(15)) {
            sql.append(", LIKE ").append(pick(TABLES)).append(chance(50) ? " INCLUDING ALL" : "");
        }
        sql.append(')');
        return sql.append(chance(15) ? " INHERITS (" + pick(TABLES) + ")" : "").toString();
    }

    private String definition(String column) {
        return definition(column, pick(TYPES));
    }

    private String definition(String column, String type) {
        if (chance(10)) {
            return column + " serial";
        }
        if (chance(8)) {
            return column + " int GENERATED " + (chance(50) ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
        }
        if (chance(6)) {
            return column + " int GENERATED ALWAYS AS (length('x') * 2) STORED";
        }
        StringBuilder sql = new StringBuilder(column).append(' ').append(type);
        sql.append(chance(20) ? " NOT NULL" : "");
        sql.append(chance(15) ? " DEFAULT NULL" : "");
        sql.append(chance(12) ? " UNIQUE" : "");
        sql.append(chance(10) ? " PRIMARY KEY" : "");
        sql.append(chance(12) ? " CHECK (" + column + " IS NOT NULL)" : "");
        sql.append(chance(12) ? " REFERENCES " + pick(TABLES) : "");
        return sql.toString();
    }

    private String constraint() {
        String name = chance(30) ? "CONSTRAINT k" + random.nextInt(4) + " " : "";
        return name
                + switch (random.nextInt(5)) {
                    case 0 -> "PRIMARY KEY (" + columnList() + ")";
                    case 1 -> "UNIQUE (" + columnList() + ")" + (chance(20) ? " DEFERRABLE" : "");
                    case 2 -> "CHECK (" + column() + " IS NOT NULL OR " + column() + " IS NULL)";
                    case 3 -> "CHECK (" + column() + " IS NOT NULL)" + (chance(15) ? " NO INHERIT" : "");
                    default ->
                        "FOREIGN KEY (" + column() + ") REFERENCES " + pick(TABLES)
                                + (chance(40) ? " (" + column() + ")" : "")
                                + (chance(20) ? " DEFERRABLE INITIALLY DEFERRED" : "");
                };
    }

    private String createPartitioned() {
        // An integer key: the model does not cast the bounds of partitions to their type.
        return "CREATE TABLE " + pick(PARTITIONED) + " (" + definition("a", "int") + ", " + definition("b", "int")
                + (chance(30) ? ", " + constraint() : "") + ") PARTITION BY RANGE (" + (chance(80) ? "a" : "b") + ")";
    }

    private String createPartition() {
        String parent = pick(PARTITIONED);
        int number = random.nextInt(3);
        if (chance(30)) {
            return "ALTER TABLE " + parent + " ATTACH PARTITION " + pick(TABLES) + " FOR VALUES FROM (100) TO (200)";
        }
        if (chance(20)) {
            return "ALTER TABLE " + parent + " DETACH PARTITION " + parent + number;
        }
        return "CREATE TABLE " + parent + number + " PARTITION OF " + parent
                + (chance(20) ? " DEFAULT" : " FOR VALUES FROM (" + number * 10 + ") TO (" + (number * 10 + 10) + ")");
    }

    private String alterTable() {
        StringBuilder sql = new StringBuilder("ALTER TABLE ");
        sql.append(chance(8) ? "IF EXISTS " : "").append(chance(8) ? "ONLY " : "");
        sql.append(chance(10) ? pick(PARTITIONED) + random.nextInt(3) : table()).append(' ');
        String first = action();
        String second = chance(15) ? action() : "";
        return sql.append(first)
                .append(second.isEmpty() || meet(first, second) ? "" : ", " + second)
                .toString();
    }

    /** Two phases of the server see a column and its children's differently when one statement drops what it is about to look at. */
    private static boolean meet(String first, String second) {
        return COLUMNS.stream()
                .anyMatch(column -> first.startsWith("ALTER " + column + " ")
                                && second.matches("(ALTER|DROP COLUMN( IF EXISTS)?) " + column + "\\b.*")
                        || second.startsWith("ALTER " + column + " ")
                                && first.matches("DROP COLUMN( IF EXISTS)? " + column + "\\b.*"));
    }

    private String action() {
        String column = column();
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> "ADD COLUMN " + (chance(20) ? "IF NOT EXISTS " : "") + definition(column);
            case 3, 4 -> "DROP COLUMN " + (chance(20) ? "IF EXISTS " : "") + column + (chance(50) ? " CASCADE" : "");
            case 5 -> "ALTER " + column + " TYPE " + pick(TYPES) + " USING NULL";
            case 6 -> "ALTER " + column + " SET NOT NULL";
            case 7 -> "ALTER " + column + " DROP NOT NULL";
            case 8 -> "ALTER " + column + " SET DEFAULT NULL";
            case 9 -> "ALTER " + column + " DROP DEFAULT";
            case 10, 11, 12 -> "ADD " + constraint() + (chance(15) ? " NOT VALID" : "");
            case 13 ->
                "DROP CONSTRAINT " + (chance(50) ? "k" + random.nextInt(4) : generatedName())
                        + (chance(50) ? " CASCADE" : "");
            case 14 -> "VALIDATE CONSTRAINT " + (chance(50) ? "k" + random.nextInt(4) : generatedName());
            case 15 -> chance(50) ? "INHERIT " + pick(TABLES) : "NO INHERIT " + pick(TABLES);
            case 16 ->
                chance(50)
                        ? "ALTER " + column + " ADD GENERATED BY DEFAULT AS IDENTITY"
                        : "ALTER " + column + " DROP IDENTITY IF EXISTS";
            default -> chance(50) ? "ENABLE ROW LEVEL SECURITY" : "DISABLE TRIGGER USER";
        };
    }

    private String generatedName() {
        return table() + "_"
                + pick(List.of("pkey", column() + "_check", column() + "_key", column() + "_fkey", "check"));
    }

    private String createIndex() {
        return "CREATE " + (chance(30) ? "UNIQUE " : "") + "INDEX "
                + (chance(30) ? "i" + random.nextInt(4) + " " : "") + "ON " + (chance(10) ? "ONLY " : "") + table()
                + " ("
                + (chance(20) ? "(" + column() + " IS NULL)" : columnList()) + ")"
                + (chance(15) ? " INCLUDE (" + column() + ")" : "")
                + (chance(20) ? " WHERE " + column() + " IS NOT NULL" : "");
    }

    private String view() {
        String name = "x" + random.nextInt(3);
        return switch (random.nextInt(4)) {
            case 0 -> "DROP VIEW " + name + (chance(50) ? " CASCADE" : "");
            case 1 -> "CREATE OR REPLACE VIEW " + name + " AS SELECT * FROM " + table();
            case 2 ->
                "CREATE VIEW " + name + " AS SELECT l.a, r.b FROM " + table() + " l JOIN " + table()
                        + " r ON l.c IS NULL";
            default -> "CREATE MATERIALIZED VIEW " + name + " AS SELECT " + column() + " FROM " + table();
        };
    }

    private String type() {
        return switch (random.nextInt(6)) {
            case 0 -> "ALTER DOMAIN small ADD CHECK (VALUE > " + random.nextInt(9) + ") NOT VALID";
            case 1 -> "ALTER DOMAIN small SET DEFAULT " + random.nextInt(9);
            case 2 -> "ALTER TYPE color ADD VALUE IF NOT EXISTS 'c" + random.nextInt(5) + "' BEFORE 'red'";
            case 3 -> chance(20) ? "DROP TYPE color CASCADE" : "ALTER TYPE color RENAME TO colour";
            case 4 -> "CREATE TYPE color AS ENUM ('red', 'blue')";
            default -> chance(20) ? "DROP DOMAIN small CASCADE" : "CREATE DOMAIN small AS int";
        };
    }

    private String rename() {
        return switch (random.nextInt(6)) {
            case 0 -> "ALTER TABLE " + table() + " RENAME TO " + pick(TABLES);
            case 1, 2 -> "ALTER TABLE " + table() + " RENAME " + column() + " TO " + column();
            case 3 -> "ALTER TABLE " + table() + " RENAME CONSTRAINT " + generatedName() + " TO k" + random.nextInt(4);
            case 4 -> "ALTER INDEX i" + random.nextInt(4) + " RENAME TO i" + random.nextInt(4);
            default -> "ALTER TABLE " + pick(TABLES) + " SET SCHEMA s";
        };
    }

    private String drop() {
        return switch (random.nextInt(5)) {
            case 0 -> "DROP INDEX " + (chance(50) ? "i" + random.nextInt(4) : table() + "_" + column() + "_idx");
            case 1 -> "DROP TABLE " + pick(PARTITIONED) + random.nextInt(3);
            case 2 -> "DROP TABLE s." + pick(TABLES) + " CASCADE";
            default -> "DROP TABLE " + (chance(30) ? "IF EXISTS " : "") + table() + (chance(60) ? " CASCADE" : "");
        };
    }

    private String trigger() {
        String name = "g" + random.nextInt(3);
        return chance(25)
                ? "DROP TRIGGER " + name + " ON " + table()
                : "CREATE TRIGGER " + name + " AFTER INSERT ON " + table() + (chance(60) ? " FOR EACH ROW" : "")
                        + " EXECUTE FUNCTION f()";
    }

    private String sequence() {
        return switch (random.nextInt(3)) {
            case 0 -> "CREATE SEQUENCE e" + random.nextInt(2) + " OWNED BY " + table() + "." + column();
            case 1 ->
                "ALTER TABLE " + table() + " ALTER " + column() + " SET DEFAULT nextval('e" + random.nextInt(2) + "')";
            default -> "DROP SEQUENCE e" + random.nextInt(2) + " CASCADE";
        };
    }
}
