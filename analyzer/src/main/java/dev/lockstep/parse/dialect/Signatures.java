package dev.lockstep.parse.dialect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The marks of other dialects in statements that PostgreSQL refuses; the first that fits is taken. */
final class Signatures {

    private static final String MYSQL = "MySQL";
    private static final String SQL_SERVER = "SQL Server";
    private static final String ORACLE = "Oracle";
    private static final String SQLITE = "SQLite";

    private Signatures() {}

    private record Signature(Pattern pattern, ForeignSyntax syntax) {}

    private static final List<Signature> ALL = List.of(
            of(SQL_SERVER, "^GO\\b", "GO", "Leave it out: a semicolon ends a statement"),
            of(MYSQL, "^DELIMITER\\b", "DELIMITER", "Leave it out: bodies stand between dollar quotes, $$ … $$"),
            of(MYSQL, "^USE \\S+$", "USE", "Leave it out: a migration runs in the database it is connected to"),
            of(MYSQL, "^(?:UN)?LOCK TABLES\\b", "LOCK TABLES", "Use LOCK TABLE … IN … MODE inside a transaction"),
            of(MYSQL, "^RENAME TABLE\\b", "RENAME TABLE", "Use ALTER TABLE … RENAME TO …"),
            of(MYSQL, "^REPLACE INTO\\b", "REPLACE INTO", "Use INSERT … ON CONFLICT (key) DO UPDATE SET …"),
            of(MYSQL, "^INSERT IGNORE\\b", "INSERT IGNORE", "Use INSERT … ON CONFLICT DO NOTHING"),
            of(
                    MYSQL,
                    "\\bON DUPLICATE KEY UPDATE\\b",
                    "ON DUPLICATE KEY UPDATE",
                    "Use ON CONFLICT (key) DO UPDATE SET column = EXCLUDED.column"),
            of(SQLITE, "^INSERT OR (?:IGNORE|REPLACE)\\b", "INSERT OR …", "Use INSERT … ON CONFLICT …"),
            of(SQLITE, "^PRAGMA\\b", "PRAGMA", "Leave it out; settings of the session are made with SET"),
            of(SQLITE, "\\bAUTOINCREMENT\\b", "AUTOINCREMENT", "Use GENERATED ALWAYS AS IDENTITY"),
            of(
                    MYSQL,
                    "^UPDATE .* LIMIT (?:\\d|\\?|:|\\$|[A-Z_])",
                    "UPDATE … LIMIT",
                    "Pick the rows in a sub-select: UPDATE t SET … WHERE ctid = ANY (ARRAY (SELECT ctid FROM t WHERE … LIMIT n))"),
            of(
                    MYSQL,
                    "^DELETE FROM .* LIMIT (?:\\d|\\?|:|\\$|[A-Z_])",
                    "DELETE … LIMIT",
                    "Pick the rows in a sub-select: DELETE FROM t WHERE ctid = ANY (ARRAY (SELECT ctid FROM t WHERE … LIMIT n))"),
            of(
                    MYSQL,
                    "^UPDATE .*? (?:INNER |LEFT |CROSS )?JOIN .* SET ",
                    "UPDATE … JOIN",
                    "Use UPDATE t SET … FROM other WHERE t.id = other.id"),
            of(
                    MYSQL,
                    "^DELETE [^ ]+(?: , [^ ]+)* FROM .* JOIN ",
                    "DELETE … JOIN",
                    "Use DELETE FROM t USING other WHERE …"),
            of(
                    ORACLE,
                    "^ALTER TABLE .* MODIFY \\(",
                    "MODIFY (…)",
                    "Use ALTER COLUMN c TYPE …, and ALTER COLUMN c SET NOT NULL where that is meant"),
            of(
                    MYSQL,
                    "^ALTER TABLE .* MODIFY\\b",
                    "MODIFY COLUMN",
                    "Use ALTER COLUMN c TYPE …, and ALTER COLUMN c SET NOT NULL or SET DEFAULT where that is meant"),
            of(
                    MYSQL,
                    "^ALTER TABLE .* CHANGE\\b",
                    "CHANGE COLUMN",
                    "Use RENAME COLUMN … TO …, and ALTER COLUMN … TYPE … in a statement of its own"),
            of(
                    MYSQL,
                    "^ALTER TABLE .* ADD (?:COLUMN )?.* (?:AFTER \\S+|FIRST)(?: ,.*)?$",
                    "AFTER and FIRST",
                    "Leave AFTER and FIRST out: a new column goes to the end"),
            of(
                    MYSQL,
                    "^ALTER TABLE .* DROP (?:FOREIGN KEY|PRIMARY KEY|INDEX|KEY)\\b",
                    "DROP of a key or index",
                    "Use DROP CONSTRAINT name, or DROP INDEX CONCURRENTLY name in a statement of its own"),
            of(
                    MYSQL,
                    "^(?:ALTER|CREATE) TABLE .*\\b(?:ADD )?(?:UNIQUE|FULLTEXT|SPATIAL) (?:KEY|INDEX)\\b",
                    "a key inside the table",
                    "Use CONSTRAINT name UNIQUE (…), or CREATE INDEX in a statement of its own"),
            of(
                    MYSQL,
                    "^(?:ALTER TABLE .* ADD|CREATE TABLE .*) (?:KEY|INDEX) \\S+ \\(",
                    "an index inside the table",
                    "Use CREATE INDEX CONCURRENTLY in a statement of its own"),
            of(MYSQL, "\\bAUTO_INCREMENT\\b", "AUTO_INCREMENT", "Use GENERATED ALWAYS AS IDENTITY"),
            of(MYSQL, "\\bENGINE\\s?=?", "ENGINE=", "Leave it out, with the other options behind the table"),
            of(
                    MYSQL,
                    "\\b(?:DEFAULT )?(?:CHARSET|CHARACTER SET)\\b",
                    "CHARSET",
                    "Leave it out: the encoding is the database's, and COLLATE names a collation of PostgreSQL"),
            of(
                    MYSQL,
                    "\\b(?:UNSIGNED|ZEROFILL)\\b",
                    "UNSIGNED",
                    "Use the wider type, and CHECK (c >= 0) where it matters"),
            of(
                    MYSQL,
                    "\\bON UPDATE (?:CURRENT_TIMESTAMP|NOW)\\b",
                    "ON UPDATE CURRENT_TIMESTAMP",
                    "Set the column in a BEFORE UPDATE trigger"),
            of(
                    MYSQL,
                    "^(?:CREATE|ALTER) TABLE .* COMMENT (?:= )?'S'",
                    "COMMENT behind a column",
                    "Use COMMENT ON COLUMN t.c IS '…'"),
            of(MYSQL, "`", "a name in backticks", "Use double quotes, or none: names in lower case need none"),
            of(
                    ORACLE,
                    "^ALTER TABLE .* ADD \\(",
                    "ADD (column …)",
                    "Use ADD COLUMN a …, ADD COLUMN b …, without parentheses"),
            of(ORACLE, "^ALTER TABLE .* DROP \\(", "DROP (column …)", "Use DROP COLUMN a, DROP COLUMN b"),
            of(
                    ORACLE,
                    "^CREATE (?:OR REPLACE )?(?:EDITIONABLE )?TRIGGER .* (?:BEGIN|DECLARE)\\b",
                    "the body of a trigger",
                    "Put the code into a function that RETURNS trigger, and EXECUTE FUNCTION it"),
            of(
                    ORACLE,
                    "^CREATE (?:OR REPLACE )?(?:PROCEDURE|FUNCTION|PACKAGE)\\b.* (?:IS|AS) .*\\bBEGIN\\b",
                    "a body without quotes",
                    "Write LANGUAGE plpgsql AS $$ DECLARE … BEGIN … END $$"),
            of(ORACLE, "^EXECUTE IMMEDIATE\\b", "EXECUTE IMMEDIATE", "Use EXECUTE inside a DO block"),
            of(ORACLE, "\\bNO(?:CACHE|CYCLE|ORDER)\\b", "NOCACHE", "Use NO CYCLE and CACHE 1, or leave it out"),
            of(ORACLE, "^SELECT .* MINUS SELECT\\b", "MINUS", "Use EXCEPT"),
            of(ORACLE, "\\( \\+ \\)", "the outer join (+)", "Use LEFT JOIN … ON …"),
            of(ORACLE, "^/", "the slash that runs a block", "Leave it out"),
            of(SQL_SERVER, "^(?:EXEC|EXECUTE) (?:SP_|DBO)", "EXEC of a procedure", "Use ALTER … RENAME, or CALL"),
            of(SQL_SERVER, "^EXEC\\b", "EXEC", "Use CALL procedure(…), or SELECT function(…)"),
            of(SQL_SERVER, "^(?:DECLARE|SET) @", "a variable", "Use a DO block with DECLARE"),
            of(
                    SQL_SERVER,
                    "^IF (?:NOT )?(?:EXISTS|OBJECT_ID)\\b",
                    "IF",
                    "Use IF [NOT] EXISTS of the statement, or a DO block"),
            of(SQL_SERVER, "^BEGIN TRAN(?:SACTION)? \\S+$|^BEGIN TRAN$", "BEGIN TRAN", "Use BEGIN"),
            of(SQL_SERVER, "^PRINT\\b", "PRINT", "Use RAISE NOTICE inside a DO block"),
            of(SQL_SERVER, "^SELECT (?:DISTINCT )?TOP \\(? ?\\d", "TOP", "Use LIMIT n at the end"),
            of(
                    SQL_SERVER,
                    "^SET (?:NOCOUNT|IDENTITY_INSERT|ANSI_NULLS|QUOTED_IDENTIFIER|XACT_ABORT)\\b",
                    "SET … ON",
                    "Leave it out"),
            of(
                    SQL_SERVER,
                    "^ALTER TABLE .* ALTER COLUMN \\S+ (?!TYPE\\b|SET\\b|DROP\\b|ADD\\b|RESTART\\b)\\S+",
                    "ALTER COLUMN without TYPE",
                    "Use ALTER COLUMN c TYPE …, and ALTER COLUMN c SET NOT NULL where that is meant"),
            of(
                    SQL_SERVER,
                    "\\bIDENTITY \\( \\d+ , \\d+ \\)|\\bIDENTITY\\b(?! ?\\()(?<!AS IDENTITY)",
                    "IDENTITY",
                    "Use GENERATED ALWAYS AS IDENTITY"),
            of(
                    SQL_SERVER,
                    "\\b(?:NON)?CLUSTERED\\b",
                    "CLUSTERED",
                    "Leave it out: tables of PostgreSQL are not kept in order"),
            of(SQL_SERVER, "\\bWITH \\( NOLOCK \\)", "WITH (NOLOCK)", "Leave it out: readers never wait for writers"),
            of(SQL_SERVER, "\\[ [A-Z_][A-Z_0-9 ]* \\]", "a name in brackets", "Use double quotes, or none"));

    private static Signature of(String dialect, String pattern, String construct, String advice) {
        return new Signature(Pattern.compile(pattern, Pattern.DOTALL), new ForeignSyntax(dialect, construct, advice));
    }

    /** @param words as {@link Words} makes them */
    static Optional<ForeignSyntax> of(String words) {
        return ALL.stream()
                .filter(signature -> signature.pattern().matcher(words).find())
                .map(Signature::syntax)
                .findFirst();
    }
}
