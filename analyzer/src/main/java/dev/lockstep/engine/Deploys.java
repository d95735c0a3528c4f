package dev.lockstep.engine;

import dev.lockstep.source.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which migrations are judged, and which of them go out together.
 *
 * @param boundary whether something said what is already applied
 */
public record Deploys(List<Planned> inOrder, boolean boundary) {

    /**
     * One migration's part.
     *
     * @param deploy the ordinal of the deploy it goes out with
     * @param judged whether it gets findings; else it only builds state
     */
    public record Planned(Migration migration, int deploy, boolean judged) {}

    public Deploys {
        inOrder = List.copyOf(inOrder);
    }

    /** Without a boundary each migration is a deploy of its own: what an earlier one made exists, holds rows and is in use. */
    public static Deploys eachAlone(List<Migration> inOrder, Predicate<Migration> judged) {
        List<Planned> planned = new ArrayList<>();
        for (Migration migration : inOrder) {
            planned.add(new Planned(migration, planned.size(), judged.test(migration)));
        }
        return new Deploys(planned, false);
    }

    /** After a boundary everything not yet applied is one deploy. */
    public static Deploys since(List<Migration> inOrder, Predicate<Migration> applied, Predicate<Migration> judged) {
        List<Planned> planned = new ArrayList<>();
        int together = inOrder.size();
        for (Migration migration : inOrder) {
            boolean old = applied.test(migration);
            planned.add(new Planned(migration, old ? planned.size() : together, judged.test(migration)));
        }
        return new Deploys(planned, true);
    }
}
