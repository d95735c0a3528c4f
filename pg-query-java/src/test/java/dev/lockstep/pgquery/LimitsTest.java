package dev.lockstep.pgquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.pgquery.PgQuery.Engine;
import dev.lockstep.pgquery.PgQueryException.Kind;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs beyond the parser's means fail by themselves and leave nothing behind. */
class LimitsTest {
    private static final String SUM = "SELECT 1" + " + 1".repeat(50_000);
    private static final String PARENTHESES = "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000);
    private static final String CASES = "SELECT " + "CASE WHEN true THEN ".repeat(20_000) + "1" + " END".repeat(20_000);

    @ParameterizedTest
    @EnumSource
    void theGrammarsOwnLimitIsNoSyntaxError(Engine engine) {
        var parser = Engines.open(engine);
        for (var sql : new String[] {PARENTHESES, CASES}) {
            var before = parser.parse("SELECT 1");
            var error = catchThrowableOfType(PgQueryException.class, () -> parser.parse(sql));
            assertThat(error.kind()).isEqualTo(Kind.LIMIT);
            assertThat(error).hasMessageStartingWith("memory exhausted at or near");
            assertThat(error.position()).isPresent();
            assertThat(parser.parse("SELECT 1")).isEqualTo(before);
        }
    }

    @Test
    void aTreeTooDeepForTheNativeEngineTrapsAndTheNextParseWorks() {
        var parser = Engines.open(Engine.NATIVE);
        var before = parser.parse("SELECT 1");
        for (var round = 0; round < 3; round++) {
            for (Runnable operation : new Runnable[] {() -> parser.parse(SUM), () -> parser.normalize(SUM)}) {
                var error = catchThrowableOfType(PgQueryException.class, operation::run);
                assertThat(error.kind()).isEqualTo(Kind.LIMIT);
                assertThat(error).hasMessage("the input is nested too deeply for the parser");
                assertThat(error.position()).isEqualTo(OptionalInt.empty());
                assertThat(parser.parse("SELECT 1")).isEqualTo(before);
            }
        }
    }

    /** A small stack stands for a still deeper input, which takes this engine too long for a test. */
    @Test
    void aTreeTooDeepForThePortableEngineIsALimitToo() {
        var parser = new Parser(PortableModule::new);
        var thread = new ParserThread("small-stack", 1L << 20);
        var before = thread.call(() -> parser.parse(Engines.utf8("SELECT 1")));
        for (var round = 0; round < 2; round++) {
            var outcome = thread.call(() -> parser.parse(Engines.utf8("SELECT 1" + " + 1".repeat(10_000))));
            assertThat(outcome).isInstanceOfSatisfying(Failure.class, failure -> {
                assertThat(failure.kind()).isEqualTo(Kind.LIMIT);
                assertThat(failure.message()).isEqualTo("the input is nested too deeply for the parser");
            });
            var after = thread.call(() -> parser.parse(Engines.utf8("SELECT 1")));
            assertThat(((Output) after).utf8()).isEqualTo(((Output) before).utf8());
        }
    }

    @Test
    void aLargeInputParsesAndItsMemoryIsGivenBack() {
        var parser = Engines.open(Engine.NATIVE);
        parser.parse("SELECT 1");
        var pages = parser.memoryPages();
        var statement = "ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();\n";
        var tree = parser.parse(Engines.utf8(statement.repeat(300_000)));
        assertThat(tree).hasSizeGreaterThan(100_000_000);
        assertThat(Arrays.copyOf(tree, 11)).isEqualTo(Engines.utf8("{\"version\":"));
        parser.parse("SELECT 1");
        assertThat(parser.memoryPages()).isEqualTo(pages);
    }

    @Test
    void anInputBeyondTheModulesMemoryIsALimit() {
        var parser = Engines.open(Engine.NATIVE);
        var error = catchThrowableOfType(
                PgQueryException.class, () -> parser.parse(Engines.utf8("SELECT 1;".repeat(3_000_000))));
        assertThat(error.kind()).isEqualTo(Kind.LIMIT);
        assertThat(error).hasMessage("out of memory");
        assertThat(parser.parse("SELECT 1")).startsWith("{\"version\":");
    }
}
