package dev.lockstep.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.engine.Explanation;
import dev.lockstep.engine.Explanation.ExplainedStatement;
import dev.lockstep.engine.Explanation.ExplainedTransaction;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.rule.HeldLock;
import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Explanations for programs, in a shape that {@code docs/json-report.md} describes. */
public final class JsonExplanation implements ExplanationReporter {

    private static final int VERSION = 1;

    private final JsonGenerator json;
    private final OutputStream out;

    public JsonExplanation(OutputStream out) throws IOException {
        this.out = out;
        this.json = Json.generator(out);
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeArrayFieldStart("migrations");
    }

    @Override
    public void write(Explanation explanation, String tool) throws IOException {
        SourceText source = explanation.script().source();
        json.writeStartObject();
        json.writeStringField("path", source.path());
        json.writeStringField("migration", explanation.migration().id());
        json.writeStringField("tool", tool);
        if (explanation.refusal().isPresent()) {
            json.writeStringField("refused", explanation.refusal().get().reason());
        }
        Json.array(
                json,
                "transactions",
                explanation.transactions(),
                (array, transaction) -> transaction(array, transaction, source));
        json.writeEndObject();
    }

    private static void transaction(JsonGenerator json, ExplainedTransaction transaction, SourceText source)
            throws IOException {
        json.writeStringField("openedBy", word(transaction.openedBy()));
        json.writeBooleanField("goesOnFromFileBefore", transaction.joins());
        json.writeStringField("endsWith", word(transaction.end()));
        Json.array(
                json,
                "statements",
                transaction.statements(),
                (array, statement) -> statement(array, statement, source));
    }

    private static void statement(JsonGenerator json, ExplainedStatement statement, SourceText source)
            throws IOException {
        place(json, statement.span(), source);
        json.writeStringField("sql", source.text(statement.span()));
        json.writeBooleanField("known", statement.footprint().known());
        json.writeBooleanField(
                "allowedInTransactionBlock", statement.footprint().allowedInTransactionBlock());
        Json.array(json, "locks", statement.footprint().locks(), (array, lock) -> {
            lock(array, lock);
            array.writeBooleanField("madeHere", statement.unseen().contains(lock.relation()));
        });
        Json.array(json, "failures", statement.footprint().failures(), JsonExplanation::failure);
        Json.array(json, "held", statement.held(), (array, held) -> held(array, held));
    }

    private static void place(JsonGenerator json, Span span, SourceText source) throws IOException {
        Position start = source.position(span.start());
        json.writeNumberField("line", start.line());
        json.writeNumberField("column", start.column());
    }

    private static void lock(JsonGenerator json, RelationLock lock) throws IOException {
        json.writeStringField(
                "relation", lock.relation().schema() + "." + lock.relation().name());
        json.writeStringField("mode", lock.mode().sql());
        json.writeBooleanField("blocksReads", lock.mode().blocksReads());
        json.writeBooleanField("blocksWrites", lock.mode().blocksWrites());
        json.writeStringField("work", word(lock.work()));
    }

    private static void failure(JsonGenerator json, Failure failure) throws IOException {
        json.writeStringField("sqlState", failure.sqlState());
        json.writeStringField("when", word(failure.when()));
        json.writeStringField("message", failure.message());
    }

    private static void held(JsonGenerator json, HeldLock held) throws IOException {
        lock(json, held.lock());
        json.writeStringField("sinceFile", held.source().path());
        json.writeNumberField(
                "sinceLine", held.source().position(held.takenBy().start()).line());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.write('\n');
    }
}
