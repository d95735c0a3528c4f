package dev.lockstep.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.lock.Failure;
import dev.lockstep.lock.Footprint;
import dev.lockstep.lock.RelationLock;
import dev.lockstep.observe.Difference;
import dev.lockstep.observe.Observation;
import dev.lockstep.observe.ObservedLock;
import dev.lockstep.text.Position;
import dev.lockstep.verify.MigrationResult;
import dev.lockstep.verify.MigrationResult.Skipped;
import dev.lockstep.verify.StatementCheck;
import dev.lockstep.verify.StatementCheck.Verdict;
import dev.lockstep.verify.UndoCheck;
import dev.lockstep.verify.VerifyReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What verification showed, whole: every statement with what was predicted and what was observed. */
public final class JsonVerification {

    private JsonVerification() {}

    public static void write(VerifyReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeNumberField("postgresql", report.version().major());
            json.writeNumberField("statements", report.statements().count());
            json.writeNumberField("exact", report.count(Verdict.EXACT));
            json.writeNumberField("different", report.count(Verdict.DIFFERENT));
            json.writeNumberField("unknown", report.count(Verdict.UNKNOWN));
            Json.array(json, "migrations", report.migrations(), JsonVerification::migration);
            Json.array(json, "undo", report.undo(), JsonVerification::undo);
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void migration(JsonGenerator json, MigrationResult result) throws IOException {
        json.writeStringField("path", result.migration().source().path());
        json.writeStringField("id", result.migration().id());
        json.writeStringField("phase", result.phase().label());
        json.writeStringField("outcome", word(result.outcome()));
        if (result.reason().isPresent()) {
            json.writeStringField("reason", result.reason().get());
        }
        json.writeNumberField("notRun", result.notRun());
        Json.array(json, "skipped", result.skipped(), JsonVerification::skipped);
        Json.array(json, "statements", result.statements(), JsonVerification::statement);
    }

    private static void skipped(JsonGenerator json, Skipped skipped) throws IOException {
        position(json, skipped.position());
        json.writeStringField("what", skipped.what());
    }

    private static void position(JsonGenerator json, Position position) throws IOException {
        json.writeNumberField("line", position.line());
        json.writeNumberField("column", position.column());
    }

    private static void statement(JsonGenerator json, StatementCheck check) throws IOException {
        position(json, check.source().position(check.span().start()));
        json.writeStringField("sql", check.sql());
        json.writeBooleanField("inTransactionBlock", check.inBlock());
        json.writeStringField("verdict", word(check.verdict()));
        json.writeObjectFieldStart("predicted");
        predicted(json, check.predicted());
        json.writeEndObject();
        json.writeObjectFieldStart("observed");
        observed(json, check.observed());
        json.writeEndObject();
        Json.array(json, "differences", check.differences(), JsonVerification::difference);
    }

    private static void predicted(JsonGenerator json, Footprint footprint) throws IOException {
        json.writeBooleanField("known", footprint.known());
        json.writeBooleanField("allowedInTransactionBlock", footprint.allowedInTransactionBlock());
        Json.array(json, "locks", footprint.locks(), JsonVerification::predictedLock);
        Json.array(json, "failures", footprint.failures(), JsonVerification::predictedFailure);
    }

    private static void predictedLock(JsonGenerator json, RelationLock lock) throws IOException {
        json.writeStringField(
                "relation", lock.relation().schema() + "." + lock.relation().name());
        json.writeStringField("mode", lock.mode().sql());
        json.writeStringField("work", word(lock.work()));
    }

    private static void predictedFailure(JsonGenerator json, Failure failure) throws IOException {
        json.writeStringField("sqlState", failure.sqlState());
        json.writeStringField("when", word(failure.when()));
    }

    private static void observed(JsonGenerator json, Observation observed) throws IOException {
        json.writeBooleanField("allowedInTransactionBlock", observed.inTransaction());
        Json.array(json, "locks", observed.locks(), JsonVerification::observedLock);
        Json.array(json, "alreadyHeld", observed.alreadyHeld(), JsonVerification::observedLock);
        names(json, "rewritten", observed.rewritten());
        names(json, "rebuilt", observed.rebuilt());
        names(json, "indexed", observed.indexed());
        names(json, "scanned", observed.scanned());
        json.writeObjectFieldStart("rowsWritten");
        for (String table : observed.rowsWritten().keySet()) {
            json.writeNumberField(table, observed.rowsWritten().getOrDefault(table, 0L));
        }
        json.writeEndObject();
        if (observed.failure().isPresent()) {
            json.writeObjectFieldStart("failure");
            json.writeStringField("sqlState", observed.failure().get().sqlState());
            json.writeStringField("message", observed.failure().get().message());
            json.writeEndObject();
        }
    }

    private static void observedLock(JsonGenerator json, ObservedLock lock) throws IOException {
        json.writeStringField("relation", lock.relation());
        json.writeStringField("mode", lock.mode().sql());
    }

    private static void names(JsonGenerator json, String field, Collection<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static void difference(JsonGenerator json, Difference difference) throws IOException {
        json.writeStringField("aspect", word(difference.aspect()));
        if (difference.relation().isPresent()) {
            json.writeStringField("relation", difference.relation().get());
        }
        json.writeStringField("predicted", difference.predicted());
        json.writeStringField("observed", difference.observed());
    }

    private static void undo(JsonGenerator json, UndoCheck undo) throws IOException {
        json.writeStringField("path", undo.undo().source().path());
        json.writeBooleanField("restores", undo.restores());
        names(json, "missing", List.copyOf(undo.missing()));
        names(json, "left", List.copyOf(undo.left()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
