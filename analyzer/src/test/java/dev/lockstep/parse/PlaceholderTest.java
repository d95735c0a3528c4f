package dev.lockstep.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Sql;
import org.junit.jupiter.api.Test;

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
}
