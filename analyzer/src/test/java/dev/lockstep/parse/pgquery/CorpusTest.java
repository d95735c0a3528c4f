package dev.lockstep.parse.pgquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Corpus;
import dev.lockstep.testing.Sql;
import dev.lockstep.text.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    /** Statements whose effects their text does not show. */
    private static final Map<String, String> OPAQUE = Map.of("Execute", "EXECUTE");

    static List<Corpus.Entry> entries() {
        return Corpus.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyStatementIsModelledOrNamed(Corpus.Entry entry) {
        ParsedScript script = Sql.accepted(entry.sql() + ";");
        assertThat(script.statements().stream().map(CorpusTest::kind)).containsExactly(entry.kind());
        assertThat(script.notUnderstood().stream().map(NotUnderstood::what).toList())
                .isEqualTo(
                        Optional.ofNullable(OPAQUE.get(entry.kind())).stream().toList());
    }

    @Test
    void theCorpusHoldsEveryKindOfStatement() {
        Set<String> expected = new TreeSet<>();
        collectRecords(Statement.class, expected);
        expected.remove("Unmodelled");
        Set<String> found = Corpus.entries().stream().map(Corpus.Entry::kind).collect(Collectors.toSet());
        assertThat(new TreeSet<>(found)).isEqualTo(expected);
    }

    private static void collectRecords(Class<?> sealed, Set<String> names) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                names.add(permitted.getSimpleName());
            } else {
                collectRecords(permitted, names);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyActionOfAnAlterTableIsKnown(Corpus.Entry entry) {
        for (Statement statement : Sql.accepted(entry.sql() + ";").statements()) {
            if (statement instanceof Statement.AlterTable alter) {
                assertThat(alter.actions()).noneMatch(AlterAction.Other.class::isInstance);
            }
        }
    }

    private static String kind(Statement statement) {
        return statement instanceof Statement.Unmodelled unmodelled
                ? unmodelled.node()
                : statement.getClass().getSimpleName();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everySpanLiesInsideItsStatement(Corpus.Entry entry) throws ReflectiveOperationException {
        String before = "/* é😀 */ SELECT 1;\n";
        ParsedScript script = Sql.accepted(before + entry.sql() + "; SELECT 2;");
        Statement statement = script.statements().get(1);
        assertThat(script.source().text(statement.span())).isEqualTo(entry.sql());
        List<Span> spans = new ArrayList<>();
        collect(statement, spans);
        assertThat(spans).isNotEmpty().allMatch(statement.span()::contains);
    }

    /** Every span in a record, however deep. */
    private static void collect(Object value, List<Span> spans) throws ReflectiveOperationException {
        if (value instanceof Span span) {
            spans.add(span);
        } else if (value instanceof Optional<?> optional) {
            collect(optional.stream().toList(), spans);
        } else if (value instanceof Collection<?> collection) {
            for (Object item : collection) {
                collect(item, spans);
            }
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(component.getAccessor().invoke(value), spans);
            }
        }
    }
}
