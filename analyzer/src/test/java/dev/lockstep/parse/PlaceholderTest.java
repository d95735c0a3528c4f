package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholderTest {

    @Test
    void aPlaceholderIsAnIdentifierThatKeepsItsName() {
        String sql = "ALTER TABLE ${schema}.${Table-Name} ADD COLUMN c_${x} int, DROP COLUMN ${flyway:user};";
        ParsedScript script = Sql.accepted(sql);
        assertThat(script.placeholders())
                .extracting(Placeholder::name)
                .containsExactly("schema", "Table-Name", "x", "flyway:user");
        assertThat(script.placeholders())
                .allMatch(placeholder ->
                        script.source().text(placeholder.span()).equals("${" + placeholder.name() + "}"));
        Statement.AlterTable alter = (Statement.AlterTable) script.statements().get(0);
        assertThat(alter.table()).hasToString("${schema}.${Table-Name}");
        assertThat(alter.actions().toString()).contains("name=c_${x}", "column=${flyway:user}");
    }

    @Test
    void placeholdersInQuotesAndCommentsAreText() {
        ParsedScript script = Sql.accepted("SELECT '${a}', $$${b}$$, \"${c}\" -- ${d}\n/* ${e} */;");
        assertThat(script.placeholders()).isEmpty();
    }

    @Test
    void whatAnUnclosedQuoteSwallowedIsSeenAgain() {
        ParsedScript script = Sql.script("SELECT ${a} 'x;\nDROP TABLE ${b}, c; -- it's\nSELECT ${d};\n");
        assertThat(script.placeholders()).extracting(Placeholder::name).containsExactly("a", "b", "d");
        assertThat(script.comments()).extracting(Comment::body).containsExactly("it's");
        assertThat(script.statements()).hasSize(2);
        assertThat(((Statement.Drop) script.statements().get(0))
                        .objects()
                        .get(0)
                        .name())
                .isEqualTo("${b}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE {{ schema }}.t (n int)                     | schema
            CREATE TABLE {{schema}}_old.t_{{ env.name }} (n int)    | schema env.name
            CREATE TABLE @@schema@@.t (n int)                       | schema
            CREATE TABLE :schema.t (n int)                          | schema
            CREATE TABLE :"schema".t (n int)                        | schema
            CREATE TABLE t_:suffix (n int)                          | suffix
            ALTER ROLE r PASSWORD :'secret'                         | secret
            INSERT INTO t VALUES (%(a)s, %(b)s)                     | a b
            UPDATE t SET a = %(a)s WHERE b = :b                     | a b
            SELECT * FROM t LIMIT :n                                | n
            GRANT SELECT ON t TO ${role}, :role, {{ role }}         | role role role
            """)
    void everyToolsMarksAreKnown(String sql, String names) {
        ParsedScript script = Sql.accepted(sql + ";\nSELECT 1;");
        assertThat(script.placeholders()).extracting(Placeholder::name).containsExactly(names.split(" "));
        assertThat(script.statements()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a::int, b::text[], '1'::interval",
                "SELECT a[1:2], a[:2], a[1:], a[b:c], a[f(b):c][d:e], a[:]",
                "SELECT a @@ b, a @@ to_tsquery('x') @@ c, a @@b, @a",
                "SELECT a %(b), 5 %(b)s, a % (b)",
                "SELECT f(a := 1, b => 2)",
                "SELECT ':a', $$:a {{ b }} @@c@@$$, \":a\", E'\\':a' -- :a {{ b }}",
                "SELECT '{{a}}'::jsonb, '{1,2}'::int[], x->>'{{b}}'",
            })
    void operatorsSlicesAndQuotesAreNone(String sql) {
        assertThat(Sql.accepted(sql + ";").placeholders()).isEmpty();
    }

    @Test
    void whatThePlaceholderAloneDecidesIsNoSyntaxError() {
        ParsedScript script = Sql.script("${grants};\nSELECT 1;\nCREATE {{ kind }} TABLE t ();\nSELEC 2;");
        assertThat(script.statements()).hasSize(1);
        assertThat(script.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(script.source().text(problem.statement())).isEqualTo("SELEC 2"));
        assertThat(script.notUnderstood())
                .extracting(NotUnderstood::what)
                .containsExactly("what becomes of ${grants}", "what becomes of {{ kind }}", "syntax error");
    }

    @Test
    void aStandInForAStringIsAString() {
        ParsedScript script = Sql.accepted("ALTER TABLE t ALTER COLUMN a SET DEFAULT :'value';");
        assertThat(script.placeholders()).extracting(Placeholder::name).containsExactly("value");
    }
}
