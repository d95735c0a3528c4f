package dev.lockstep.source;

import dev.lockstep.text.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a tool makes of a set of files.
 *
 * @param undo by the id of the migration it undoes
 * @param ignored the files that the tool does not run forward, with the reason
 * @param lost what the tool runs and we can't read
 */
public record Migrations(
        List<Migration> inOrder, Map<String, Migration> undo, List<Ignored> ignored, List<Lost> lost, ToolFacts facts) {

    public Migrations {
        inOrder = List.copyOf(inOrder);
        undo = Map.copyOf(undo);
        ignored = List.copyOf(ignored);
        lost = List.copyOf(lost);
    }

    /** Of a tool that does nothing around the files. */
    public Migrations(List<Migration> inOrder, Map<String, Migration> undo, List<Ignored> ignored, List<Lost> lost) {
        this(inOrder, undo, ignored, lost, ToolFacts.PLAIN);
    }

    /** Of a tool without undo scripts. */
    public Migrations(List<Migration> inOrder, List<Ignored> ignored) {
        this(inOrder, Map.of(), ignored, List.of());
    }

    /** The same, with more files that are not run. */
    public Migrations withIgnored(List<Ignored> more) {
        return new Migrations(
                inOrder, undo, Stream.concat(ignored.stream(), more.stream()).toList(), lost, facts);
    }

    /** A file the tool does not run forward, by its shown path. */
    public record Ignored(String path, String reason) {}

    /**
     * A part of the history that runs but is not analysed.
     *
     * @param what in a few words: {@code Java migration}
     */
    public record Lost(Place place, String what, Optional<Version> version) {

        public Lost(Place place, String what) {
            this(place, what, Optional.empty());
        }
    }

    /** The shown paths of all these. */
    public Set<String> paths() {
        return Stream.of(
                        inOrder.stream().flatMap(migration -> migration.source().origins().stream()),
                        undo.values().stream().flatMap(migration -> migration.source().origins().stream()),
                        ignored.stream().map(Ignored::path),
                        lost.stream().map(part -> part.place().source().path()))
                .flatMap(paths -> paths)
                .collect(Collectors.toSet());
    }
}
