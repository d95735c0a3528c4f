package dev.lockstep.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.engine.AnalysisResult.Coverage;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.Marker;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Related;
import dev.lockstep.finding.Severity;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.io.IOException;
import java.io.OutputStream;

/** For programs: everything, in a shape that {@code docs/json-report.md} describes. */
public final class JsonReporter implements Reporter {

    /** Raised when a field is removed or changes its meaning, not when one is added. */
    private static final int VERSION = 1;

    private final String toolVersion;

    public JsonReporter(String toolVersion) {
        this.toolVersion = toolVersion;
    }

    @Override
    public void write(Report report, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeObjectFieldStart("tool");
            json.writeStringField("name", "lockstep");
            json.writeStringField("version", toolVersion);
            json.writeEndObject();
            assumptions(json, report);
            Json.array(json, "findings", report.findings(), JsonReporter::finding);
            summary(json, report);
            coverage(json, report.result().coverage());
            Json.array(json, "ignored", report.ignored(), JsonReporter::ignored);
            Json.array(json, "declaredUnused", report.result().deployedMarkers(), JsonReporter::marker);
            Json.array(json, "ruleFailures", report.result().failures(), JsonReporter::failure);
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void assumptions(JsonGenerator json, Report report) throws IOException {
        json.writeObjectFieldStart("assumed");
        json.writeArrayFieldStart("postgresqlVersions");
        for (PgVersion version : report.versions()) {
            json.writeNumber(version.major());
        }
        json.writeEndArray();
        Json.array(json, "histories", report.assumptions(), (array, assumption) -> {
            array.writeStringField("path", assumption.root());
            array.writeStringField("tool", assumption.tool());
            array.writeBooleanField("detected", assumption.detected());
        });
        if (report.boundary().isPresent()) {
            Report.Boundary boundary = report.boundary().get();
            json.writeObjectFieldStart("boundary");
            json.writeStringField("since", boundary.reference());
            json.writeArrayFieldStart("commits");
            for (String commit : boundary.commits()) {
                json.writeString(commit);
            }
            json.writeEndArray();
            json.writeNumberField("migrationsApplied", boundary.applied());
            json.writeNumberField("migrationsToDeploy", boundary.toDeploy());
            json.writeNumberField("migrationsEdited", boundary.edited());
            json.writeEndObject();
        } else {
            json.writeNullField("boundary");
        }
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("rule", finding.rule());
        json.writeStringField("cause", finding.cause());
        json.writeStringField("level", finding.severity().label());
        json.writeStringField("message", finding.message());
        json.writeStringField("advice", finding.advice());
        place(json, finding.source(), finding.span());
        Json.array(json, "related", finding.related(), JsonReporter::related);
        json.writeStringField("fingerprint", finding.fingerprint());
    }

    private static void related(JsonGenerator json, Related related) throws IOException {
        json.writeStringField("message", related.message());
        place(json, related.source(), related.span());
    }

    private static void summary(JsonGenerator json, Report report) throws IOException {
        json.writeObjectFieldStart("summary");
        for (Severity severity : Severity.values()) {
            json.writeNumberField(severity.label(), report.count(severity));
        }
        json.writeEndObject();
    }

    private static void coverage(JsonGenerator json, Coverage coverage) throws IOException {
        json.writeObjectFieldStart("coverage");
        json.writeNumberField("migrations", coverage.migrations());
        json.writeNumberField("migrationsAnalysed", coverage.migrationsUnderstood());
        json.writeNumberField("statements", coverage.statements());
        json.writeNumberField("statementsAnalysed", coverage.statementsUnderstood());
        Json.array(json, "notUnderstood", coverage.gaps(), JsonReporter::gap);
        json.writeEndObject();
    }

    private static void gap(JsonGenerator json, Gap gap) throws IOException {
        json.writeStringField("what", gap.what());
        place(json, gap.place().source(), gap.place().span());
    }

    private static void ignored(JsonGenerator json, Ignored ignored) throws IOException {
        json.writeStringField("path", ignored.path());
        json.writeStringField("reason", ignored.reason());
    }

    private static void marker(JsonGenerator json, Marker marker) throws IOException {
        json.writeStringField("reason", marker.reason());
        place(json, marker.place().source(), marker.place().span());
    }

    private static void failure(JsonGenerator json, RuleFailure failure) throws IOException {
        json.writeStringField("rule", failure.rule());
        json.writeStringField("exception", failure.exception().toString());
        place(json, failure.place().source(), failure.place().span());
    }

    private static void place(JsonGenerator json, SourceText source, Span span) throws IOException {
        json.writeStringField("path", source.path());
        position(json, "start", source.position(span.start()));
        position(json, "end", source.position(span.end()));
    }

    private static void position(JsonGenerator json, String name, Position position) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("line", position.line());
        json.writeNumberField("column", position.column());
        json.writeEndObject();
    }
}
