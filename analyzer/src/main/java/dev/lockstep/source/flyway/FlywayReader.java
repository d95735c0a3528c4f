package dev.lockstep.source.flyway;

import dev.lockstep.source.Migration;
import dev.lockstep.source.Migration.Kind;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Version;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes migrations of files, by a project's settings. */
final class FlywayReader {

    private static final Version NO_VERSION = Version.parse("0").orElseThrow();

    private static final Comparator<Named> ORDER = Comparator.comparing((Named named) -> named.name.prefix())
            .thenComparing(named -> named.name.version().orElse(NO_VERSION))
            .thenComparing(named -> named.name.description().replace('_', ' '))
            .thenComparing(named -> named.path);

    private record Named(String path, FlywayName name) {

        boolean is(Prefix prefix) {
            return name.prefix() == prefix;
        }

        Version version() {
            return name.version().orElse(NO_VERSION);
        }
    }

    private final Project project;
    private final FlywaySettings settings;
    private final List<Ignored> ignored = new ArrayList<>();

    FlywayReader(Project project, FlywaySettings settings) {
        this.project = project;
        this.settings = settings;
    }

    /**
     * The migrations among the files.
     *
     * @param classes sources of migrations that are classes
     */
    Migrations read(List<String> files, List<String> classes) {
        List<Named> named = named(files);
        Optional<Named> baseline = baseline(named);
        named.stream()
                .filter(one -> one.is(Prefix.BASELINE) && !one.equals(baseline.orElse(null)))
                .forEach(one -> ignore(one.path, "a baseline migration, run on empty databases only"));
        List<Migration> inOrder = new ArrayList<>();
        baseline.flatMap(this::migration).ifPresent(inOrder::add);
        named.stream()
                .filter(one -> one.is(Prefix.VERSIONED) || one.is(Prefix.REPEATABLE))
                .sorted(ORDER)
                .forEach(one -> migration(one).ifPresent(inOrder::add));
        return new Migrations(inOrder, undo(named, inOrder), ignored, lost(classes), settings.facts());
    }

    private List<Named> named(List<String> files) {
        List<Named> named = new ArrayList<>();
        for (String path : files) {
            String file = ProjectPath.name(path);
            Optional<FlywayName> name = settings.naming().parse(file);
            if (name.isPresent()) {
                named.add(new Named(path, name.get()));
            } else if (ProjectPath.endsWith(path, ".sql")) {
                ignore(
                        path,
                        settings.naming()
                                .callback(file)
                                .map(moment -> "a callback, which Flyway runs at " + moment)
                                .orElse("not named as a Flyway migration"));
            }
        }
        return named;
    }

    private void ignore(String path, String reason) {
        ignored.add(new Ignored(project.shown(path), reason));
    }

    /** The newest one stands for the migrations it replaces where those are gone; while any of them is there, they tell more. */
    private static Optional<Named> baseline(List<Named> named) {
        return named.stream()
                .filter(one -> one.is(Prefix.BASELINE))
                .max(Comparator.comparing(Named::version))
                .filter(newest -> named.stream()
                        .noneMatch(
                                one -> one.is(Prefix.VERSIONED) && one.version().compareTo(newest.version()) <= 0));
    }

    private Map<String, Migration> undo(List<Named> named, List<Migration> inOrder) {
        Map<String, Migration> undo = new TreeMap<>();
        for (Named script : named) {
            if (script.is(Prefix.UNDO)) {
                ignore(script.path, "an undo migration");
                String undone = inOrder.stream()
                        .filter(migration -> migration.version().equals(script.name.version()))
                        .map(Migration::id)
                        .findFirst()
                        .orElse(settings.naming().prefix(Prefix.VERSIONED) + script.version());
                migration(script).ifPresent(migration -> undo.put(undone, migration));
            }
        }
        return undo;
    }

    private List<Lost> lost(List<String> classes) {
        List<Lost> lost = new ArrayList<>();
        for (String path : classes) {
            FlywayName name =
                    settings.naming().parseBare(FlywayJava.className(path)).orElseThrow();
            project.read(path)
                    .ifPresent(file -> lost.add(
                            new Lost(new Place(file, new Span(0, 0)), "Java migration " + name.id(), name.version())));
        }
        return lost;
    }

    private Optional<Migration> migration(Named named) {
        ScriptConfiguration script = project.read(named.path + ".conf")
                .map(file -> ScriptConfiguration.of(file, settings.placeholders()))
                .orElse(ScriptConfiguration.NONE);
        if (script.shouldExecute().equals(Optional.of(false))) {
            ignore(named.path, "its own settings say shouldExecute=false");
            return Optional.empty();
        }
        return project.read(named.path, encoding(script))
                .map(file -> new Migration(
                        named.name.id(),
                        kind(named),
                        filled(file, named, script),
                        settings.transactions(script),
                        named.name.version()));
    }

    private static Kind kind(Named named) {
        return switch (named.name.prefix()) {
            case REPEATABLE -> Kind.REPEATABLE;
            case BASELINE -> Kind.BASELINE;
            case VERSIONED, UNDO -> Kind.VERSIONED;
        };
    }

    private SourceText filled(SourceText file, Named named, ScriptConfiguration script) {
        FlywayPlaceholders placeholders = settings.placeholders();
        boolean replaced = script.placeholderReplacement().orElse(placeholders.replaced());
        return replaced
                ? placeholders
                        .replacing()
                        .with(Map.of("flyway:filename", ProjectPath.name(named.path)))
                        .fill(file)
                : file;
    }

    private Charset encoding(ScriptConfiguration script) {
        try {
            return script.encoding().map(Charset::forName).orElse(settings.encoding());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
