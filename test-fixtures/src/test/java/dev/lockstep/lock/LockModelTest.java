package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.CatalogReplay;
import dev.lockstep.catalog.Moment;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.Statement;
import dev.lockstep.testkit.ExampleProject;
import dev.lockstep.testkit.OddFile;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LockModelTest {

    private static final long SEED = 20260101;

    private final Schemas schemas = new Schemas();
    private final LockModel model = new LockModel();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE (SELECT note FROM orders); END $$",
                "CALL anything()",
                "EXECUTE anything",
                "DROP OWNED BY somebody",
                "REASSIGN OWNED BY somebody TO anybody",
                "SELECT nobody_knows_this()",
                "UPDATE orders SET note = nobody_knows_this()",
                "SECURITY LABEL ON TABLE orders IS 'x'",
                "IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c",
                "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b",
                "DROP EXTENSION hstore CASCADE"
            })
    void whatNoRowSpeaksOfIsUnknown(String statement) {
        assertThat(predict(statement, World.SHOP, Settings.UNKNOWN).known()).isFalse();
    }

    @Test
    void whatATriggerDoesIsPartOfAChangeOfRows() {
        Footprint insert = predict("INSERT INTO t VALUES (2, 'b')", World.TRIGGERS, Settings.UNKNOWN);

        assertThat(insert.known()).isTrue();
        assertThat(insert.on(new QualifiedName("public", "log")).map(RelationLock::mode))
                .contains(LockMode.ROW_EXCLUSIVE);
        assertThat(predict("DELETE FROM t", World.TRIGGERS, Settings.UNKNOWN).on(new QualifiedName("public", "log")))
                .isEmpty();
    }

    @Test
    void anUnknownTimeZoneIsTheWorstOne() {
        String change = "ALTER TABLE t ALTER ts TYPE timestamptz";
        QualifiedName table = new QualifiedName("public", "t");

        assertThat(predict(change, World.OSLO, Settings.UNKNOWN).on(table).map(RelationLock::work))
                .contains(Work.REWRITE);
        assertThat(predict(change, World.OSLO, new Settings(Optional.of("Etc/UTC"), Optional.empty()))
                        .on(table)
                        .map(RelationLock::work))
                .contains(Work.INDEX_BUILD);
    }

    @Test
    void aTableTheHistoryDoesNotTellOfIsLockedAllTheSame() {
        Footprint footprint = model.footprint(
                schemas.statement("ALTER TABLE elsewhere ALTER COLUMN a TYPE bigint"), Catalog.empty(), PgVersion.ALL);

        assertThat(footprint.locks())
                .containsExactly(new RelationLock(
                        new QualifiedName("public", "elsewhere"),
                        LockMode.ACCESS_EXCLUSIVE,
                        Work.UNKNOWN,
                        Optional.of(LockMode.ACCESS_EXCLUSIVE)));
    }

    /** Every sample in every world, whether its tables are there or not; and every file of the test kit, forwards and shuffled. */
    @Test
    void neverThrows(@TempDir Path directory) throws IOException {
        List<Statement> statements = new ArrayList<>();
        AllSamples.read().forEach(sample -> statements.add(schemas.statement(sample.statement())));
        for (World world : World.values()) {
            statements.forEach(statement -> model.footprint(statement, schemas.catalog(world), PgVersion.ALL));
        }
        statements.addAll(corpus(directory));

        int shuffles = 3;
        Random random = new Random(SEED);
        for (int i = 0; i <= shuffles; i++) {
            Catalog catalog = Catalog.empty();
            for (Statement statement : statements) {
                assertThat(model.footprint(statement, catalog, PgVersion.ALL).locks())
                        .isNotNull();
                catalog = CatalogReplay.apply(catalog, statement, new Moment(0, 0, i));
            }
            Collections.shuffle(statements, random);
        }
    }

    /** The example projects and the odd files, the huge one aside. */
    private static List<Statement> corpus(Path directory) throws IOException {
        for (ExampleProject project : ExampleProject.values()) {
            project.copyTo(Files.createDirectory(directory.resolve(project.name())));
        }
        for (OddFile file : OddFile.values()) {
            if (file != OddFile.FIVE_MEGABYTES) {
                file.writeTo(directory);
            }
        }
        ScriptParser parser = ScriptParser.create();
        List<Statement> statements = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                statements.addAll(
                        parser.parse(SourceText.of(file.toString(), text)).statements());
            }
        }
        return statements;
    }

    private Footprint predict(String statement, World world, Settings settings) {
        return model.footprint(schemas.statement(statement), schemas.catalog(world), List.of(PgVersion.V16), settings);
    }
}
