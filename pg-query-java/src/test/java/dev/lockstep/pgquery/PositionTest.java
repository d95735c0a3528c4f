package dev.lockstep.pgquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.pgquery.PgQuery.Engine;
import dev.lockstep.pgquery.PgQueryException.Kind;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PositionTest {
    @ParameterizedTest
    @EnumSource
    void countsCharactersFromOne(Engine engine) {
        var parser = Engines.open(engine);
        assertThat(position(parser, "SELECT FROM WHERE")).hasValue(13);
        assertThat(position(parser, "SELECT éé FROM WHERE")).hasValue(16);
        assertThat(position(parser, "SELECT 世界 FROM WHERE")).hasValue(16);
        assertThat(position(parser, "SELECT 🐘🐘 FROM WHERE")).hasValue(16);
        assertThat(position(parser, "oops")).hasValue(1);
        assertThat(position(parser, "-- ü\n/* 🐘 */ oops")).hasValue(14);
    }

    @ParameterizedTest
    @EnumSource
    void pointsBehindAnUnfinishedStatement(Engine engine) {
        var parser = Engines.open(engine);
        var error = error(parser, "CREATE TABLE é (");
        assertThat(error).hasMessage("syntax error at end of input");
        assertThat(error.position()).hasValue(17);
    }

    @ParameterizedTest
    @EnumSource
    void refusesANulWithItsPosition(Engine engine) {
        var parser = Engines.open(engine);
        var error = error(parser, "SELECT '🐘\0'");
        assertThat(error.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(error).hasMessage("invalid byte sequence for encoding \"UTF8\": 0x00");
        assertThat(error.position()).hasValue(10);
    }

    @ParameterizedTest
    @EnumSource
    void everyOperationKnowsThePositionOfASyntaxError(Engine engine) {
        var parser = Engines.open(engine);
        var sql = "SELECT 'é' FROM 'unterminated";
        for (Runnable operation : new Runnable[] {
            () -> parser.parse(sql),
            () -> parser.scan(Engines.utf8(sql)),
            () -> parser.parsePlpgsql(Engines.utf8(sql)),
            () -> parser.normalize(sql),
            () -> parser.fingerprint(sql)
        }) {
            assertThat(catchThrowableOfType(PgQueryException.class, operation::run)
                            .position())
                    .hasValue(17);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlpgsqlBodyHasNoPosition(Engine engine) {
        var parser = Engines.open(engine);
        var sql = Engines.utf8("DO $$ BEGIN x := 1; END $$");
        var error = catchThrowableOfType(PgQueryException.class, () -> parser.parsePlpgsql(sql));
        assertThat(error).hasMessage("\"x\" is not a known variable");
        assertThat(error.position()).isEmpty();
    }

    private static OptionalInt position(PgQuery parser, String sql) {
        return error(parser, sql).position();
    }

    private static PgQueryException error(PgQuery parser, String sql) {
        return catchThrowableOfType(PgQueryException.class, () -> parser.parse(sql));
    }
}
