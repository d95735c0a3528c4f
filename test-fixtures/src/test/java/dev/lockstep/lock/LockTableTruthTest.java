package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every sample does on every server exactly what the model says. */
final class LockTableTruthTest {

    private final Schemas schemas = new Schemas();
    private final LockModel model = new LockModel();

    @Test
    void everySampleDoesWhatTheModelSays() {
        List<String> differences = new ArrayList<>();
        ObservedSamples.onEveryServer()
                .forEach((major, observations) -> observations.forEach((sample, seen) -> {
                    List<String> found = Comparison.differences(predict(sample, major), seen);
                    if (!found.isEmpty()) {
                        differences.add(major + " " + sample + "\n    " + String.join("\n    ", found));
                    }
                }));

        assertThat(differences)
                .as("%d differences", differences.size())
                .withFailMessage(() -> String.join("\n", differences))
                .isEmpty();
    }

    private Footprint predict(Sample sample, int major) {
        return model.footprint(
                schemas.statement(sample.statement()),
                schemas.catalog(sample.world()),
                List.of(PgVersion.ofMajor(major).orElseThrow()),
                sample.world().settings());
    }

    @Test
    void everyRowTakesPartInItsSamples() {
        List<String> idle = new ArrayList<>();
        for (LockRow<?> row : LockTable.rows()) {
            for (Sample sample : row.samples()) {
                if (PgVersion.ALL.stream().noneMatch(version -> takesPart(row, sample, version))) {
                    idle.add(row.id() + " in " + sample);
                }
            }
        }

        assertThat(idle).isEmpty();
    }

    private boolean takesPart(LockRow<?> row, Sample sample, PgVersion version) {
        return !LockModel.situations(
                        row,
                        schemas.statement(sample.statement()),
                        schemas.catalog(sample.world()),
                        version,
                        sample.world().settings())
                .isEmpty();
    }

    @Test
    void everyRowIsSeenOnEveryServerOfItsRange() {
        Map<Integer, Map<Sample, Observation>> observations = ObservedSamples.onEveryServer();

        for (LockRow<?> row : LockTable.rows()) {
            observations.forEach((major, seen) -> {
                if (row.covers(PgVersion.ofMajor(major).orElseThrow())) {
                    assertThat(seen.keySet()).as("%s on %s", row.id(), major).containsAll(row.samples());
                }
            });
        }
    }

    @Test
    void rowsHaveNamesOfTheirOwn() {
        Set<String> ids = new HashSet<>();

        assertThat(LockTable.rows()).allMatch(row -> ids.add(row.id()));
        assertThat(LockTable.rows()).allMatch(row -> !row.samples().isEmpty());
    }

    @Test
    void thereAreHundredsOfSamples() {
        assertThat(AllSamples.read()).hasSizeGreaterThan(500);
    }
}
