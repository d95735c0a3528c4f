package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.observe.Comparison;
import dev.lockstep.observe.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No fact in the table can be taken away or altered without a sample that tells. */
final class LockTableMutationTest {

    private final Schemas schemas = new Schemas();
    private final LockModel model = new LockModel();
    private final List<LockRow<?>> rows = LockTable.rows();
    private final Collection<Sample> samples = AllSamples.read();
    private final Map<Integer, Map<Sample, Observation>> observations = ObservedSamples.onEveryServer();
    private final Map<Sample, List<Part>> parts = new HashMap<>();
    private final Map<Integer, Map<Sample, Footprint>> predictions = new HashMap<>();

    /**
     * A row altered in one way, or gone.
     *
     * @param version the one version on which it differs, if it is one
     */
    private record Mutant(String alteration, Optional<LockRow<?>> row, Optional<PgVersion> version) {}

    @Test
    void everyAlterationOfARowIsNoticed() {
        List<String> survivors = new ArrayList<>();
        int count = 0;
        for (LockRow<?> row : rows) {
            List<Sample> affected = affected(row);
            for (Mutant mutant : mutants(row, affected)) {
                LockModel altered = mutated(row, mutant);
                if (!canBeTold(mutant, altered, affected)) {
                    continue;
                }
                count++;
                if (!isNoticed(altered, affected)) {
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
        LockRow<?> everywhere = on(row, PgVersion.V14, PgVersion.V18);
        return samples.stream()
                .filter(sample -> PgVersion.ALL.stream()
                        .anyMatch(version ->
                                !situations(everywhere, sample, version).isEmpty()))
                .toList();
    }

    private <S> List<Situation<S>> situations(LockRow<S> row, Sample sample, PgVersion version) {
        return LockModel.situations(
                row,
                parts.computeIfAbsent(sample, this::parts),
                schemas.catalog(sample.world()),
                version,
                sample.world().settings());
    }

    private List<Part> parts(Sample sample) {
        return Parts.of(
                schemas.statement(sample.statement()),
                schemas.catalog(sample.world()),
                sample.world().settings());
    }

    /**
     * Another version range says nothing new where the form fails anyway or the prediction stays: a statement that a version does not
     * know takes no locks there, and a weaker lock is hidden by a stronger one.
     */
    private boolean canBeTold(Mutant mutant, LockModel altered, List<Sample> affected) {
        return mutant.version()
                .map(version -> affected.stream()
                        .filter(sample ->
                                seen(version.major(), sample).failure().isEmpty()
                                        || alwaysFails(mutant.row().orElseThrow()))
                        .anyMatch(sample ->
                                !predict(altered, sample, version.major()).equals(predict(sample, version.major()))))
                .orElse(true);
    }

    private LockModel mutated(LockRow<?> row, Mutant mutant) {
        return new LockModel(rows.stream()
                .flatMap(each -> each.equals(row) ? mutant.row().stream() : Stream.of(each))
                .toList());
    }

    private boolean isNoticed(LockModel model, List<Sample> affected) {
        return observations.keySet().stream()
                .anyMatch(ofMajor ->
                        affected.stream().anyMatch(sample -> isWrong(model, sample, ofMajor, seen(ofMajor, sample))));
    }

    private Observation seen(int major, Sample sample) {
        return Optional.ofNullable(observations.get(major))
                .map(ofMajor -> ofMajor.get(sample))
                .orElseThrow();
    }

    /** A server raises one error, so that several certain ones are one too many. */
    private boolean isWrong(LockModel altered, Sample sample, int major, Observation seen) {
        Footprint predicted = predict(altered, sample, major);
        return !Comparison.differences(predicted, seen).isEmpty()
                || certainFailures(predicted) > Math.max(1, certainFailures(predict(sample, major)));
    }

    private static long certainFailures(Footprint predicted) {
        return predicted.failures().stream()
                .filter(failure -> failure.when() == Failure.When.ALWAYS)
                .map(Failure::sqlState)
                .distinct()
                .count();
    }

    private Footprint predict(Sample sample, int major) {
        return predictions
                .computeIfAbsent(major, none -> new HashMap<>())
                .computeIfAbsent(sample, each -> predict(model, each, major));
    }

    private Footprint predict(LockModel predictor, Sample sample, int major) {
        return predictor.footprint(
                schemas.statement(sample.statement()),
                schemas.catalog(sample.world()),
                List.of(PgVersion.ofMajor(major).orElseThrow()),
                sample.world().settings());
    }

    private <S> List<Mutant> mutants(LockRow<S> row, List<Sample> affected) {
        List<Mutant> mutants = new ArrayList<>();
        mutants.add(new Mutant("removed", Optional.empty(), Optional.empty()));
        if (!alwaysFails(row) && (!row.allowedInTransactionBlock() || isSeenInTransaction(affected))) {
            mutants.add(mutant(
                    "transaction flag flipped",
                    row.but(altered -> altered.inTransactionBlock(!row.allowedInTransactionBlock()))));
        }
        for (int i = 0; i < row.effects().size(); i++) {
            addEffectMutants(row, i, affected, mutants);
        }
        for (Failure failure : row.failures()) {
            List<Failure> others = row.failures().stream()
                    .filter(other -> !other.equals(failure))
                    .toList();
            mutants.add(mutant("without failure " + failure.sqlState(), row.but(altered -> altered.failures(others))));
        }
        addVersionMutants(row, mutants);
        return mutants;
    }

    private static boolean alwaysFails(LockRow<?> row) {
        return row.failures().stream().anyMatch(failure -> failure.when() == Failure.When.ALWAYS);
    }

    /** Whether a sample succeeds in a transaction block: then a row that forbids it is wrong. */
    private boolean isSeenInTransaction(List<Sample> affected) {
        return observations.values().stream()
                .flatMap(seen -> affected.stream().map(seen::get))
                .anyMatch(seen -> seen.failure().isEmpty() && seen.inTransaction());
    }

    private <S> void addEffectMutants(LockRow<S> row, int index, List<Sample> affected, List<Mutant> mutants) {
        LockRow.Effect<S> effect = row.effects().get(index);
        String name = effect.role() + " " + effect.mode().map(LockMode::sql).orElse("") + " " + effect.work();
        mutants.add(mutant(
                name + ": removed", row.but(altered -> altered.effects(replaced(row, index, Optional.empty())))));
        effect.mode()
                .ifPresent(mode -> Stream.of(mode.ordinal() - 1, mode.ordinal() + 1)
                        .filter(ordinal -> ordinal >= 0 && ordinal < LockMode.values().length)
                        .map(ordinal -> LockMode.values()[ordinal])
                        .forEach(other -> mutants.add(mutant(
                                name + ": " + other.sql(),
                                row.but(altered ->
                                        altered.effects(replaced(row, index, Optional.of(effect.withMode(other)))))))));
        if (touchesFiles(row, effect, affected)) {
            otherWorks(effect.work())
                    .forEach(work -> mutants.add(mutant(
                            name + ": " + work,
                            row.but(altered ->
                                    altered.effects(replaced(row, index, Optional.of(effect.withWork(work))))))));
        }
    }

    /** New files look the same to an observer, whatever was written into them. */
    private static Stream<Work> otherWorks(Work work) {
        return switch (work) {
            case UNKNOWN -> Stream.empty();
            case NEW_FILES -> Stream.of(Work.NONE, Work.SCAN);
            default -> Stream.of(Work.NONE, Work.REWRITE, Work.INDEX_BUILD).filter(other -> other != work);
        };
    }

    /** Partitioned tables and views have no files: there is no work to be done on them. */
    private <S> boolean touchesFiles(LockRow<S> row, LockRow.Effect<S> effect, List<Sample> affected) {
        return affected.stream()
                .filter(sample -> seen(row.to().major(), sample).failure().isEmpty())
                .flatMap(sample -> situations(row, sample, row.from()).stream())
                .anyMatch(situation ->
                        effect.relations().apply(situation).stream().anyMatch(situation.relations()::hasStorage));
    }

    private static <S> List<LockRow.Effect<S>> replaced(
            LockRow<S> row, int index, Optional<LockRow.Effect<S>> replacement) {
        List<LockRow.Effect<S>> effects = new ArrayList<>(row.effects());
        effects.remove(index);
        replacement.ifPresent(effect -> effects.add(index, effect));
        return effects;
    }

    private static void addVersionMutants(LockRow<?> row, List<Mutant> mutants) {
        if (row.from() != row.to()) {
            mutants.add(onVersion("not on ", row.from(), on(row, next(row.from(), 1), row.to())));
            mutants.add(onVersion("not on ", row.to(), on(row, row.from(), next(row.to(), -1))));
        }
        if (row.from() != PgVersion.V14) {
            PgVersion earlier = next(row.from(), -1);
            mutants.add(onVersion("also on ", earlier, on(row, earlier, row.to())));
        }
        if (row.to() != PgVersion.V18) {
            PgVersion later = next(row.to(), 1);
            mutants.add(onVersion("also on ", later, on(row, row.from(), later)));
        }
    }

    private static <S> LockRow<S> on(LockRow<S> row, PgVersion from, PgVersion to) {
        return row.but(altered -> altered.since(from).until(to));
    }

    private static PgVersion next(PgVersion version, int step) {
        return PgVersion.ALL.get(version.ordinal() + step);
    }

    private static Mutant onVersion(String words, PgVersion version, LockRow<?> row) {
        return new Mutant(words + version, Optional.of(row), Optional.of(version));
    }

    private static Mutant mutant(String alteration, LockRow<?> row) {
        return new Mutant(alteration, Optional.of(row), Optional.empty());
    }
}
