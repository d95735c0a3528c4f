package dev.lockstep.pgquery;

import static dev.lockstep.pgquery.Engines.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.lockstep.pgquery.PgQuery.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Byte by byte the same answers, errors and positions from both engines. */
class EnginesAgreeTest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    static Stream<String> inputs() {
        return Corpus.all().stream().map(EnginesAgreeTest::latin1);
    }

    /** One character a byte, so that broken UTF-8 survives as a parameter. */
    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void bothEnginesAnswerAlike(String input) {
        var sql = input.getBytes(StandardCharsets.ISO_8859_1);
        var fromNative = answers(Engines.open(Engine.NATIVE), sql);
        assertThat(answers(Engines.open(Engine.PORTABLE), sql)).isEqualTo(fromNative);
    }

    @Test
    void theCorpusExercisesSuccessAndFailureOfEveryOperation() {
        var parser = Engines.open(Engine.NATIVE);
        var seen = new TreeMap<String, String>();
        for (var sql : Corpus.all()) {
            answers(parser, sql)
                    .forEach((operation, answer) ->
                            seen.put(operation + (answer.startsWith("error ") ? " fails" : " succeeds"), answer));
        }
        assertThat(seen.keySet())
                .containsExactly(
                        "fingerprint fails",
                        "fingerprint succeeds",
                        "normalize fails",
                        "normalize succeeds",
                        "parse fails",
                        "parse succeeds",
                        "parsePlpgsql fails",
                        "parsePlpgsql succeeds",
                        "scan fails",
                        "scan succeeds");
    }

    private static Map<String, String> answers(PgQuery parser, byte[] sql) {
        return Map.of(
                "parse", json(() -> parser.parse(sql)),
                "scan", json(() -> parser.scan(sql)),
                "parsePlpgsql", json(() -> parser.parsePlpgsql(sql)),
                "normalize", answer(() -> parser.normalize(string(sql)), Function.identity()),
                "fingerprint", answer(() -> parser.fingerprint(string(sql)), Function.identity()));
    }

    private static String json(Supplier<byte[]> operation) {
        return answer(operation, bytes -> {
            if (isUtf8(bytes)) {
                assertWellFormed(bytes);
            }
            return latin1(bytes);
        });
    }

    private static <T> String answer(Supplier<T> operation, Function<T, String> text) {
        try {
            return text.apply(operation.get());
        } catch (PgQueryException error) {
            return "error %s at %s: %s".formatted(error.kind(), error.position(), error.getMessage());
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        return !string(bytes).contains("\uFFFD");
    }

    private static void assertWellFormed(byte[] json) {
        try (var parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        } catch (IOException malformed) {
            throw new AssertionError(string(json), malformed);
        }
    }
}
