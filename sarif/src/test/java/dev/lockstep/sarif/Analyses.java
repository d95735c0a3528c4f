package dev.lockstep.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.engine.AnalysisRequest;
import dev.lockstep.engine.AnalysisRequest.Silencing;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.engine.Analyzer;
import dev.lockstep.engine.AppliedHistory;
import dev.lockstep.engine.Deploys;
import dev.lockstep.engine.TableSizes;
import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.RuleOptions;
import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.text.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Analyses of small migrations, and their reports. */
final class Analyses {

    /** Every kind of thing a report can hold, in files whose names need encoding. */
    static final List<SourceText> VARIED = List.of(
            SourceText.of("db/migration/V1__create customers & orders.sql", """
                    -- TICKET-1
                    CREATE TABLE customer (id int);
                    CREATE TABLE "order" (id int);
                    DROP TABLE customer, "order";
                    """),
            SourceText.of("db/migration/V2__größe 🚀.sql", """
                    -- TICKET-2
                    SELECT '🚀'; TRUNCATE customer;
                    TRUNCATE customer,
                        "order";
                    """),
            SourceText.of("db/migration/V3__gaps#100%.sql", """
                    \\connect shop
                    CREATE VIEW v AS SELECT 1;
                    DROP TABLE item;\r
                    DO $$ BEGIN PERFORM 1; END $$;
                    """));

    private Analyses() {}

    static AnalysisResult of(List<SourceText> sources) {
        Project project = MemoryProject.of(sources);
        MigrationSource plain = MigrationSources.PLAIN;
        Migrations migrations = plain.read(project, plain.assumed(project));
        return new Analyzer(ScriptParser.create())
                .analyze(new AnalysisRequest(
                        Deploys.eachAlone(migrations.inOrder(), migration -> true),
                        AppliedHistory.NONE,
                        migrations,
                        List.of(),
                        PgVersion.ALL,
                        TestRules.ALL,
                        RuleOptions.NONE,
                        TableSizes.UNKNOWN,
                        new Silencing(new RuleNames(TestRules.ALL), LocalDate.EPOCH)));
    }

    static AnalysisResult of(String path, String sql) {
        return of(List.of(SourceText.of(path, sql)));
    }

    static String sarif(AnalysisResult analysis) {
        return sarif(analysis, SarifOptions.DEFAULT);
    }

    static String sarif(AnalysisResult analysis, SarifOptions options) {
        return sarif(analysis, TestRules.ALL, options);
    }

    static String sarif(AnalysisResult analysis, List<Rule> catalogue, SarifOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new SarifReport(new ArrayList<>(catalogue), "1.2.3", options).write(analysis, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString(UTF_8);
    }
}
