package dev.lockstep.source;

import dev.lockstep.text.DerivedText;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tool that knows its migrations by the names of their files or of the directories they stand in. */
public abstract class NamedSource implements MigrationSource {

    /** What a file is to the tool. */
    public enum Role {
        /** Run forward. */
        UP,
        /** Takes a migration back. */
        DOWN,
        /** Both halves in one file, told apart by comments. */
        HALVES,
        /** A program that makes the migration. */
        CODE
    }

    /**
     * A file's name, read.
     *
     * @param id what the tool calls the migration
     * @param order what it is sorted by
     */
    public record Name(String id, String order, Role role) {

        public Name(String id, Role role) {
            this(id, id, role);
        }

        /** Where the tool knows a migration by a number, and not by its whole name. */
        Optional<Version> version() {
            return Version.parse(order);
        }
    }

    /** The two halves of a file; a missing one is empty. */
    public record Halves(Optional<Half> up, Optional<Half> down) {}

    /** One half: what of the file it is, and how it is run. */
    public record Half(SourceText text, TransactionRule transactions) {

        /** A part of a file. */
        public static Half of(SourceText file, Span span, TransactionRule transactions) {
            return new Half(DerivedText.only(file, List.of(span)), transactions);
        }
    }

    private record Named(String path, Name name) {}

    private final String tool;
    private final String runner;
    private final Comparator<String> order;

    /** @param order of the versions */
    protected NamedSource(String tool, String runner, Comparator<String> order) {
        this.tool = tool;
        this.runner = runner;
        this.order = order;
    }

    @Override
    public final String tool() {
        return tool;
    }

    @Override
    public final String runner() {
        return runner;
    }

    /** Reads a file's path; empty if the tool would not take it for a migration. */
    protected abstract Optional<Name> name(String path);

    /** The directory whose migrations a named file is one of. */
    protected String place(String path) {
        return ProjectPath.parent(path);
    }

    /** Whether a place where files have this tool's names is this tool's, and what says so besides the names. */
    protected abstract Optional<Setup> mark(Project project, String place, List<String> paths);

    /** How a file that is all one migration is run. */
    protected abstract TransactionRule transactions(Project project, Setup setup, String path);

    /** What becomes of a migration that is older than one already applied. */
    protected ToolFacts.Late late() {
        return ToolFacts.Late.UNKNOWN;
    }

    /** Which files share a transaction. */
    protected ToolFacts.Grouping grouping() {
        return ToolFacts.Grouping.EACH_FILE;
    }

    /** The halves of a {@link Role#HALVES} file. */
    protected Halves halves(SourceText file) {
        throw new IllegalStateException(tool + " has no halves");
    }

    @Override
    public List<Setup> find(Project project) {
        List<Setup> found = new ArrayList<>();
        places(project).forEach((place, paths) -> mark(project, place, paths).ifPresent(found::add));
        return found;
    }

    /** The place with the most files of this tool's names. */
    @Override
    public Setup assumed(Project project) {
        return places(project).entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(entry -> mark(project, entry.getKey(), entry.getValue()).orElse(Setup.in(entry.getKey())))
                .orElse(Setup.in(project.directory()));
    }

    private Map<String, List<String>> places(Project project) {
        Map<String, List<String>> places = new TreeMap<>();
        for (String path : project.files()) {
            if (name(path).filter(name -> name.role() != Role.DOWN).isPresent()) {
                places.computeIfAbsent(place(path), place -> new ArrayList<>()).add(path);
            }
        }
        return places;
    }

    @Override
    public Optional<String> home(String file, Project project) {
        String place = place(file);
        return name(file).isPresent() && !place.equals(ProjectPath.parent(file))
                ? Optional.of(place)
                : Optional.empty();
    }

    @Override
    public Migrations read(Project project, Setup setup) {
        Reading reading = new Reading(project, setup);
        List<Named> named = new ArrayList<>();
        for (String path : project.files()) {
            Optional<Name> name = name(path).filter(known -> place(path).equals(setup.directory()));
            name.ifPresent(known -> named.add(new Named(path, known)));
            if (name.isEmpty() && isStray(path, setup)) {
                reading.ignore(path, "not named as a migration of " + runner);
            }
        }
        named.sort(Comparator.comparing((Named one) -> one.name.order(), order).thenComparing(Named::path));
        named.forEach(reading::see);
        return reading.result();
    }

    private static boolean isStray(String path, Setup setup) {
        return ProjectPath.endsWith(path, ".sql") && ProjectPath.parent(path).equals(setup.directory());
    }

    /** A place being read. */
    private final class Reading {

        private final Project project;
        private final Setup setup;
        private final List<Migration> inOrder = new ArrayList<>();
        private final Map<String, Migration> undo = new LinkedHashMap<>();
        private final List<Migrations.Ignored> ignored = new ArrayList<>();
        private final List<Migrations.Lost> lost = new ArrayList<>();

        Reading(Project project, Setup setup) {
            this.project = project;
            this.setup = setup;
        }

        void ignore(String path, String reason) {
            ignored.add(new Migrations.Ignored(project.shown(path), reason));
        }

        void see(Named named) {
            Optional<SourceText> file = project.read(named.path);
            if (file.isEmpty()) {
                return;
            }
            switch (named.name.role()) {
                case UP -> inOrder.add(migration(named, file.get(), transactions(project, setup, named.path)));
                case DOWN -> {
                    undo.put(named.name.id(), migration(named, file.get(), transactions(project, setup, named.path)));
                    ignore(named.path, "a down migration");
                }
                case HALVES -> halves(named, file.get());
                case CODE ->
                    lost.add(new Migrations.Lost(
                            new Place(file.get(), new Span(0, 0)),
                            "migration " + named.name.id() + " in " + language(named.path),
                            named.name.version()));
            }
        }

        private void halves(Named named, SourceText file) {
            Halves halves = NamedSource.this.halves(file);
            if (halves.up().isEmpty()) {
                ignore(named.path, "no up migration in it");
            }
            halves.up().ifPresent(half -> inOrder.add(migration(named, half.text(), half.transactions())));
            halves.down()
                    .ifPresent(half -> undo.put(named.name.id(), migration(named, half.text(), half.transactions())));
        }

        private Migration migration(Named named, SourceText text, TransactionRule transactions) {
            return new Migration(named.name.id(), Migration.Kind.VERSIONED, text, transactions, named.name.version());
        }

        Migrations result() {
            return new Migrations(
                    inOrder,
                    undo,
                    ignored,
                    lost,
                    ToolFacts.PLAIN.withLate(late()).withGrouping(grouping()));
        }
    }

    private static String language(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return switch (extension) {
            case "go" -> "Go";
            case "rs" -> "Rust";
            case "js", "cjs", "mjs" -> "JavaScript";
            case "ts", "cts", "mts" -> "TypeScript";
            default -> extension;
        };
    }
}
