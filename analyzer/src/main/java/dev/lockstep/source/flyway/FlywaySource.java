package dev.lockstep.source.flyway;

import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.flyway.FlywayName.Prefix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Flyway with its default naming: versioned migrations in version order, then repeatable ones in order of description. */
public final class FlywaySource implements MigrationSource {

    private static final String DEFAULT_LOCATION = "db/migration";

    private static final FlywayVersion NO_VERSION = FlywayVersion.parse("0");

    private static final Comparator<Named> ORDER = Comparator.comparing((Named named) -> named.name.prefix())
            .thenComparing(named -> named.name.version().orElse(NO_VERSION))
            .thenComparing(named -> named.name.description())
            .thenComparing(named -> named.path);

    private record Named(String path, FlywayName name) {}

    @Override
    public String tool() {
        return "flyway";
    }

    @Override
    public String runner() {
        return "Flyway";
    }

    /** Each of several default locations is a history of its own; else everything below the directory is one. */
    @Override
    public List<Setup> find(Project project) {
        List<Named> run = project.files().stream()
                .flatMap(path -> FlywayName.parse(ProjectPath.name(path)).map(name -> new Named(path, name)).stream())
                .filter(named -> notRunForward(named.name).isEmpty())
                .toList();
        if (run.isEmpty()) {
            return List.of();
        }
        Set<String> locations = new TreeSet<>();
        run.forEach(named -> home(named.path, project)
                .filter(location -> ProjectPath.isBelow(location, project.directory()))
                .ifPresent(locations::add));
        return locations.size() > 1
                ? locations.stream().map(Setup::in).toList()
                : List.of(Setup.in(project.directory()));
    }

    /** The innermost default location around a file. */
    @Override
    public Optional<String> home(String file, Project project) {
        for (String at = ProjectPath.parent(file); !at.isEmpty(); at = ProjectPath.parent(at)) {
            if (at.equals(DEFAULT_LOCATION) || at.endsWith("/" + DEFAULT_LOCATION)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    @Override
    public Migrations read(Project project, Setup setup) {
        List<Named> run = new ArrayList<>();
        Map<String, Migration> undo = new TreeMap<>();
        List<Ignored> ignored = new ArrayList<>();
        for (String path : project.files()) {
            if (!ProjectPath.isBelow(path, setup.directory()) || !ProjectPath.endsWith(path, ".sql")) {
                continue;
            }
            Optional<FlywayName> name = FlywayName.parse(ProjectPath.name(path));
            name.filter(known -> known.prefix() == Prefix.UNDO)
                    .flatMap(known -> migration(project, new Named(path, known)))
                    .ifPresent(script -> undo.put(script.id().replaceFirst("U", "V"), script));
            Optional<String> reason =
                    name.map(FlywaySource::notRunForward).orElse(Optional.of("not named as a Flyway migration"));
            if (name.isPresent() && reason.isEmpty()) {
                run.add(new Named(path, name.get()));
            } else {
                ignored.add(new Ignored(project.shown(path), reason.orElse("")));
            }
        }
        run.sort(ORDER);
        List<Migration> inOrder = run.stream()
                .map(named -> migration(project, named))
                .flatMap(Optional::stream)
                .toList();
        return new Migrations(inOrder, undo, ignored, List.of());
    }

    private static Optional<String> notRunForward(FlywayName name) {
        return switch (name.prefix()) {
            case UNDO -> Optional.of("an undo migration");
            case BASELINE -> Optional.of("a baseline migration, run on empty databases only");
            case VERSIONED, REPEATABLE -> Optional.empty();
        };
    }

    private static Optional<Migration> migration(Project project, Named named) {
        return project.read(named.path)
                .map(file -> new Migration(
                        named.name.id(),
                        named.name.prefix() == Prefix.REPEATABLE ? Migration.Kind.REPEATABLE : Migration.Kind.VERSIONED,
                        file,
                        transactions(project, named.path)));
    }

    private static TransactionRule transactions(Project project, String path) {
        return project.read(path + ".conf")
                .flatMap(ScriptConfiguration::executeInTransaction)
                .map(inTransaction -> inTransaction ? TransactionRule.ONE_TRANSACTION : TransactionRule.AUTOCOMMIT)
                .orElse(new FlywayTransactions());
    }
}
