package dev.lockstep.cli.files;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.Setup;
import dev.lockstep.source.plain.PlainSource;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the migrations that the arguments speak of, and those that run before them. */
public final class MigrationFinder {

    private final Path workingDirectory;
    private final InputStream in;
    private final Request request;
    private final Folder folder;
    private final Outside outside;
    private final ShownPaths shownPaths;

    private final List<History> histories = new ArrayList<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> passedOver = new ArrayList<>();
    private final Set<Path> claimed = new HashSet<>();

    public MigrationFinder(Path workingDirectory, InputStream in, Request request) {
        this.workingDirectory = workingDirectory;
        this.in = in;
        this.request = request;
        this.shownPaths = new ShownPaths(workingDirectory);
        this.outside = new Outside(shownPaths, request.followOutside(), this::leadsOutside);
        this.folder = new Folder(this::unreadable, outside);
    }

    /** The directory whose migrations run before a named file; {@code deep}: those in directories below it too. */
    private record Context(Path directory, boolean deep) {}

    /** A place where a tool has migrations. */
    private record Found(MigrationSource tool, Setup setup, Migrations migrations) {

        boolean isEmpty() {
            return migrations.inOrder().isEmpty() && migrations.lost().isEmpty();
        }
    }

    public Selection find() throws IOException {
        Map<Context, List<Located>> namedByContext = new LinkedHashMap<>();
        for (String argument : request.paths()) {
            if (!argument.equals(Request.STDIN)) {
                see(argument, namedByContext);
            }
        }
        namedByContext.forEach(this::named);
        if (request.paths().contains(Request.STDIN)) {
            standardInput();
        }
        return new Selection(histories, List.copyOf(problems), passedOver);
    }

    private void see(String argument, Map<Context, List<Located>> namedByContext) {
        Path path;
        try {
            path = workingDirectory.resolve(argument);
        } catch (InvalidPathException invalid) {
            problem(argument, "not a path");
            return;
        }
        if (argument.isEmpty() || Files.notExists(path)) {
            problem(argument, "no such file or directory");
        } else if (Files.isDirectory(path)) {
            directory(path);
        } else {
            namedByContext
                    .computeIfAbsent(context(path), context -> new ArrayList<>())
                    .add(Located.of(path));
        }
    }

    private void directory(Path directory) {
        int problemsBefore = problems.size();
        List<Located> files = folder.files(directory, true);
        DiskProject project = project(directory, files, true);
        List<Found> found = found(project);
        if (found.stream().allMatch(Found::isEmpty)) {
            if (problems.size() == problemsBefore) {
                problem(shownPaths.of(directory), "no migrations in this directory (" + whyNone(found, files) + ")");
            }
            return;
        }
        Set<Path> all = files.stream().map(Located::real).collect(Collectors.toSet());
        found.forEach(place -> history(project, place, all));
    }

    private static String whyNone(List<Found> found, List<Located> files) {
        long scripts = files.stream().filter(Located::isSql).count();
        if (scripts == 0) {
            return "no .sql file";
        }
        String count = scripts == 1 ? "1 .sql file" : scripts + " .sql files";
        return found.stream()
                .flatMap(place -> place.migrations().ignored().stream()
                        .map(ignored -> ", none that " + place.tool().tool() + " runs: " + ignored.reason()))
                .findFirst()
                .map(reason -> count + reason)
                .orElse(count);
    }

    private void named(Context context, List<Located> files) {
        List<Located> wanted =
                files.stream().filter(file -> !claimed.contains(file.real())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        List<Located> all = new ArrayList<>(wanted);
        if (wanted.stream().allMatch(file -> Files.isRegularFile(file.path()))) {
            all.addAll(folder.files(context.directory(), context.deep()));
        }
        DiskProject project = project(context.directory(), Folder.eachOnce(all), context.deep());
        namedIn(project, wanted.stream().map(Located::real).collect(Collectors.toSet()));
    }

    private void standardInput() throws IOException {
        byte[] bytes = in.readAllBytes();
        if (request.stdinName().isEmpty()) {
            standardInputAlone(bytes);
            return;
        }
        Path path = workingDirectory.resolve(request.stdinName().get());
        Located standIn = Located.of(path);
        Context context = context(path);
        List<Located> others = Files.isDirectory(context.directory())
                ? folder.files(context.directory(), context.deep()).stream()
                        .filter(file -> !file.real().equals(standIn.real()))
                        .toList()
                : List.of();
        DiskProject project = project(context.directory(), others, context.deep())
                .with(standIn, SourceText.decode(shownPaths.of(path), bytes));
        namedIn(project, Set.of(standIn.real()));
    }

    private void standardInputAlone(byte[] bytes) {
        Migration script = request.plain().script(SourceText.decode("<stdin>", bytes));
        Migrations migrations = new Migrations(List.of(script), List.of());
        histories.add(new History(
                "<stdin>",
                workingDirectory,
                Optional.empty(),
                Setup.in(""),
                request.plain(),
                false,
                migrations,
                migrations.paths(),
                Map.of()));
    }

    /** A tool's layout tells, or else it is the file's own directory; a pipe has no neighbours. */
    private Context context(Path file) {
        Path path = file.toAbsolutePath().normalize();
        Path parent = Optional.ofNullable(path.getParent()).orElse(path);
        DiskProject names = project(parent, List.of(), false);
        String inProject = ProjectPath.in(
                names.directory(),
                path.getFileName() == null ? "" : path.getFileName().toString());
        return tools().map(tool -> tool.home(inProject, names))
                .flatMap(Optional::stream)
                .findFirst()
                .map(home -> new Context(above(parent, names.directory(), home), true))
                .orElse(new Context(parent, false));
    }

    /** The directory that is {@code home} in the project, by the name the user gave what lies in it. */
    private static Path above(Path parent, String directory, String home) {
        Path at = parent;
        for (String inProject = directory; !inProject.equals(home); inProject = ProjectPath.parent(inProject)) {
            Path up = at.getParent();
            if (up == null || inProject.isEmpty()) {
                return parent;
            }
            at = up;
        }
        return at;
    }

    private Stream<MigrationSource> tools() {
        return request.tool().map(Stream::of).orElseGet(() -> MigrationSources.marked().stream());
    }

    private void namedIn(DiskProject project, Set<Path> wanted) {
        List<Found> found = found(project);
        Set<String> named = project.shownOf(wanted);
        for (Found place : found) {
            history(project, place, wanted);
            passOver(place, named);
        }
    }

    /** What the tools have in a project; what none claims while another does is passed over. */
    private List<Found> found(DiskProject project) {
        List<Found> found = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        tools().forEach(tool -> tool.find(project).forEach(setup -> {
            Found place = new Found(tool, setup, tool.read(project, setup));
            if (!taken.containsAll(place.migrations().paths())) {
                found.add(place);
                taken.addAll(place.migrations().paths());
            }
        }));
        if (!found.isEmpty()) {
            return withLeftOver(found, project, taken);
        }
        MigrationSource tool = request.tool().orElse(request.plain());
        Setup setup = tool.assumed(project);
        return List.of(new Found(tool, setup, tool.read(project, setup)));
    }

    private static List<Found> withLeftOver(List<Found> found, DiskProject project, Set<String> taken) {
        List<Ignored> leftOver = project.files().stream()
                .filter(file -> ProjectPath.endsWith(file, ".sql"))
                .map(project::shown)
                .filter(shown -> !taken.contains(shown))
                .map(shown -> new Ignored(shown, "not a migration of any tool found here"))
                .toList();
        Found last = found.remove(found.size() - 1);
        found.add(new Found(last.tool(), last.setup(), last.migrations().withIgnored(leftOver)));
        return found;
    }

    /** Who names what the tool is told by, such as its master file, means all of its migrations. */
    private void history(DiskProject project, Found found, Set<Path> wanted) {
        Map<String, Path> places = project.places();
        boolean whole = found.setup()
                .evidence()
                .map(project::real)
                .filter(wanted::contains)
                .isPresent();
        Set<String> judged = new HashSet<>();
        Set<Path> files = new HashSet<>();
        for (String path : runPaths(found.migrations())) {
            Path real = places.getOrDefault(path, Path.of(path));
            if ((whole || wanted.contains(real)) && !claimed.contains(real)) {
                files.add(real);
                judged.add(path);
            }
        }
        claimed.addAll(files);
        if (!judged.isEmpty()) {
            histories.add(new History(
                    project.shown(found.setup().directory()),
                    project.real(found.setup().directory()),
                    Optional.of(project),
                    found.setup(),
                    found.tool(),
                    request.tool().isEmpty(),
                    found.migrations(),
                    judged,
                    places));
        }
    }

    private static Collection<String> runPaths(Migrations migrations) {
        return Stream.concat(
                        migrations.inOrder().stream().flatMap(migration -> migration.source().origins().stream()),
                        migrations.lost().stream()
                                .map(lost -> lost.place().source().path()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void passOver(Found found, Set<String> named) {
        for (Ignored ignored : found.migrations().ignored()) {
            if (named.contains(ignored.path())) {
                passedOver.add(Printable.of(ignored.path()) + ": not linted, "
                        + found.tool().tool() + " does not run it (" + ignored.reason() + ")"
                        + (found.tool() instanceof PlainSource ? "" : "; --tool plain lints it all the same"));
            }
        }
    }

    private DiskProject project(Path directory, Collection<Located> files, boolean deep) {
        return new DiskProject(directory, files, deep, shownPaths, this::unreadable, outside);
    }

    private void unreadable(Path path, IOException failed) {
        problem(shownPaths.of(path), "could not be read: " + Unreadable.reason(failed));
    }

    private void leadsOutside(Path path) {
        problem(shownPaths.of(path), "not followed, it leads out of the repository; --follow-outside follows it");
    }

    private void problem(String path, String what) {
        problems.add(Printable.of(path) + ": " + what);
    }
}
