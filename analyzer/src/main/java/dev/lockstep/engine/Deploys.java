package dev.lockstep.engine;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.source.Migration;
import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which migrations are judged, and which of them go out together.
 *
 * @param boundary whether something said what is already applied
 * @param seed the schema before the first of them
 * @param grouping which migrations of a deploy share a transaction
 */
public record Deploys(List<Planned> inOrder, boolean boundary, Catalog seed, Grouping grouping) {

    /**
     * One migration's part.
     *
     * @param deploy the ordinal of the deploy it goes out with
     */
    public record Planned(Migration migration, int deploy, Judging judging) {}

    public Deploys {
        inOrder = List.copyOf(inOrder);
    }

    private Deploys(List<Planned> inOrder, boolean boundary) {
        this(inOrder, boundary, Catalog.empty(), Grouping.EACH_FILE);
    }

    /** The same, by a tool that groups migrations in this way. */
    public Deploys grouped(Grouping otherwise) {
        return new Deploys(inOrder, boundary, seed, otherwise);
    }

    /** Without a boundary each migration is a deploy of its own: what an earlier one made exists, holds rows and is in use. */
    public static Deploys eachAlone(List<Migration> inOrder, Predicate<Migration> judged) {
        List<Planned> planned = new ArrayList<>();
        for (Migration migration : inOrder) {
            planned.add(new Planned(migration, planned.size(), full(judged, migration)));
        }
        return new Deploys(planned, false);
    }

    /** After a boundary everything not yet applied is one deploy. */
    public static Deploys since(List<Migration> inOrder, Predicate<Migration> applied, Predicate<Migration> judged) {
        List<Planned> planned = new ArrayList<>();
        int together = inOrder.size();
        for (Migration migration : inOrder) {
            boolean old = applied.test(migration);
            planned.add(new Planned(migration, old ? planned.size() : together, full(judged, migration)));
        }
        return new Deploys(planned, true);
    }

    /**
     * After a boundary where the applied texts are known. What was applied comes first, with the text it was applied with; then, as one
     * deploy, what is new, which takes in repeatable migrations whose text changed. An applied migration whose text changed is asked about
     * its history only.
     */
    public static Deploys after(List<Migration> inOrder, AppliedHistory history, Predicate<Migration> judged) {
        List<Planned> planned = new ArrayList<>();
        List<Planned> asked = new ArrayList<>();
        int together = 2 * inOrder.size();
        for (Migration migration : inOrder) {
            Optional<SourceText> applied = history.appliedText(migration);
            applied.ifPresent(
                    text -> planned.add(new Planned(migration.withSource(text), planned.size(), Judging.NOT)));
            if (applied.isEmpty() || isRunAgain(migration, applied.get())) {
                asked.add(new Planned(migration, together, full(judged, migration)));
            } else if (judged.test(migration) && !saysTheSame(applied.get(), migration.source())) {
                asked.add(new Planned(migration, together, Judging.HISTORY_ONLY));
            }
        }
        planned.addAll(asked);
        return new Deploys(planned, true);
    }

    /** On a database whose schema is known: it stands for the migrations that only build state. */
    public Deploys startingFrom(Catalog schema) {
        return new Deploys(
                inOrder.stream()
                        .filter(planned -> planned.judging() != Judging.NOT)
                        .toList(),
                boundary,
                schema,
                grouping);
    }

    private static boolean isRunAgain(Migration migration, SourceText applied) {
        return migration.kind() == Migration.Kind.REPEATABLE && !saysTheSame(applied, migration.source());
    }

    /** Line endings are the version control's and the editor's business; no migration tool looks at them. */
    private static boolean saysTheSame(SourceText left, SourceText right) {
        return left.content().equals(right.content())
                || left.content()
                        .lines()
                        .toList()
                        .equals(right.content().lines().toList());
    }

    /** A baseline runs on no database that is in use. */
    private static Judging full(Predicate<Migration> judged, Migration migration) {
        return judged.test(migration) && migration.kind() != Migration.Kind.BASELINE ? Judging.FULL : Judging.NOT;
    }
}
