package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No fact in the table can be taken away or altered without a sample that tells. */
final class LockTableMutationTest {

    private final Schemas schemas = new Schemas();
    private final List<LockRow<?>> rows = LockTable.rows();
    private final Collection<Sample> samples = AllSamples.read();
    private final Map<Integer, Map<Sample, Observation>> observations = ObservedSamples.onEveryServer();

    /** A row altered in one way, or gone. */
    private record Mutant(String alteration, Optional<LockRow<?>> row) {}

    @Test
    void everyAlterationOfARowIsNoticed() {
        List<String> survivors = new ArrayList<>();
        int count = 0;
        for (LockRow<?> row : rows) {
            List<Sample> affected = affected(row);
            for (Mutant mutant : mutants(row).toList()) {
                count++;
                if (!isNoticed(mutated(row, mutant), affected)) {
                    survivors.add(row.id() + ": " + mutant.alteration());
                }
            }
        }

        assertThat(count).isGreaterThan(2_000);
        assertThat(survivors)
                .withFailMessage(() -> survivors.size() + " survive:\n" + String.join("\n", survivors))
                .isEmpty();
    }

    /** The samples whose prediction the row takes part in, or would on another version. */
    private List<Sample> affected(LockRow<?> row) {
        LockRow<?> everywhere = row.withVersions(PgVersion.V14, PgVersion.V18);
        return samples.stream()
                .filter(sample -> PgVersion.ALL.stream()
                        .anyMatch(version -> LockModel.participates(
                                everywhere,
                                schemas.statement(sample.statement()),
                                schemas.catalog(sample.world()),
                                version,
                                sample.world().settings())))
                .toList();
    }

    private LockModel mutated(LockRow<?> row, Mutant mutant) {
        return new LockModel(rows.stream()
                .flatMap(each -> each == row ? mutant.row().stream() : Stream.of(each))
                .toList());
    }

    private boolean isNoticed(LockModel model, List<Sample> affected) {
        return observations.entrySet().stream().anyMatch(ofMajor -> affected.stream()
                .anyMatch(sample -> isWrong(
                        model, sample, ofMajor.getKey(), ofMajor.getValue().get(sample))));
    }

    private boolean isWrong(LockModel model, Sample sample, int major, Observation seen) {
        Footprint predicted = model.footprint(
                schemas.statement(sample.statement()),
                schemas.catalog(sample.world()),
                List.of(PgVersion.ofMajor(major).orElseThrow()),
                sample.world().settings());
        return !Comparison.differences(predicted, seen).isEmpty();
    }

    private static <S> Stream<Mutant> mutants(LockRow<S> row) {
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(new Mutant("removed", Optional.empty()));
        mutants.add(mutant("transaction flag flipped", row.withTransactionFlag(!row.allowedInTransactionBlock())));
        for (int i = 0; i < row.effects().size(); i++) {
            addEffectMutants(row, i, mutants);
        }
        for (Failure failure : row.failures()) {
            List<Failure> others =
                    row.failures().stream().filter(other -> other != failure).toList();
            mutants.add(mutant("without failure " + failure.sqlState(), row.withFailures(others)));
        }
        addVersionMutants(row, mutants);
        return mutants.stream();
    }

    private static <S> void addEffectMutants(LockRow<S> row, int index, List<Mutant> mutants) {
        LockRow.Effect<S> effect = row.effects().get(index);
        String name = effect.role() + " " + effect.mode().map(LockMode::sql).orElse("") + " " + effect.work();
        mutants.add(mutant(name + ": removed", row.with(replaced(row, index, Optional.empty()))));
        effect.mode().ifPresent(mode -> Stream.of(mode.ordinal() - 1, mode.ordinal() + 1)
                .filter(ordinal -> ordinal >= 0 && ordinal < LockMode.values().length)
                .map(ordinal -> LockMode.values()[ordinal])
                .forEach(other -> mutants.add(mutant(
                        name + ": " + other.sql(),
                        row.with(replaced(row, index, Optional.of(effect.withMode(other))))))));
        Stream.of(Work.NONE, Work.REWRITE, Work.INDEX_BUILD)
                .filter(work -> work != effect.work() && effect.work() != Work.UNKNOWN)
                .forEach(work -> mutants.add(mutant(
                        name + ": " + work, row.with(replaced(row, index, Optional.of(effect.withWork(work)))))));
    }

    private static <S> List<LockRow.Effect<S>> replaced(
            LockRow<S> row, int index, Optional<LockRow.Effect<S>> replacement) {
        List<LockRow.Effect<S>> effects = new ArrayList<>(row.effects());
        effects.remove(index);
        replacement.ifPresent(effect -> effects.add(index, effect));
        return effects;
    }

    private static void addVersionMutants(LockRow<?> row, List<Mutant> mutants) {
        PgVersion.ALL.stream()
                .filter(version -> row.covers(version) && row.from() != row.to())
                .filter(version -> version == row.from() || version == row.to())
                .forEach(version -> mutants.add(mutant(
                        "not on " + version,
                        version == row.from()
                                ? row.withVersions(PgVersion.ALL.get(version.ordinal() + 1), row.to())
                                : row.withVersions(row.from(), PgVersion.ALL.get(version.ordinal() - 1)))));
        if (row.from() != PgVersion.V14) {
            PgVersion earlier = PgVersion.ALL.get(row.from().ordinal() - 1);
            mutants.add(mutant("on " + earlier + " too", row.withVersions(earlier, row.to())));
        }
        if (row.to() != PgVersion.V18) {
            PgVersion later = PgVersion.ALL.get(row.to().ordinal() + 1);
            mutants.add(mutant("on " + later + " too", row.withVersions(row.from(), later)));
        }
    }

    private static Mutant mutant(String alteration, LockRow<?> row) {
        return new Mutant(alteration, Optional.of(row));
    }
}
