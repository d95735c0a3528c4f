package dev.lockstep.cli.files;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSource;
import dev.lockstep.source.MigrationSource.Ignored;
import dev.lockstep.source.MigrationSource.Migrations;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.ScriptFile;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the migrations that the arguments speak of, and those that run before them. */
public final class MigrationFinder {

    /** Flyway's default location; below a larger directory each one is a history of its own. */
    private static final Path FLYWAY_LOCATION = Path.of("db", "migration");

    private final Path workingDirectory;
    private final InputStream in;
    private final Request request;
    private final Folder folder = new Folder(this::unreadable);

    private final List<History> histories = new ArrayList<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<String> passedOver = new ArrayList<>();
    private final Set<Path> claimed = new HashSet<>();

    public MigrationFinder(Path workingDirectory, InputStream in, Request request) {
        this.workingDirectory = workingDirectory;
        this.in = in;
        this.request = request;
    }

    public Selection find() throws IOException {
        Map<Path, List<Located>> namedByContext = new LinkedHashMap<>();
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

    private void see(String argument, Map<Path, List<Located>> namedByContext) {
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
        List<Located> files = folder.sqlFiles(directory, true);
        if (files.isEmpty()) {
            if (problems.size() == problemsBefore) {
                problem(shown(directory), "no migrations in this directory (no .sql file)");
            }
            return;
        }
        Map<Path, List<Located>> byRoot = new TreeMap<>();
        files.forEach(file -> byRoot.computeIfAbsent(
                        flywayLocation(file.path(), directory).orElse(directory), root -> new ArrayList<>())
                .add(file));
        if (byRoot.size() == 1 || flywayLocations(byRoot, directory) < 2) {
            history(directory, read(files), realPaths(files), false);
            return;
        }
        byRoot.forEach((root, below) -> history(root, read(below), realPaths(below), false));
    }

    private static long flywayLocations(Map<Path, List<Located>> byRoot, Path directory) {
        return byRoot.keySet().stream().filter(root -> !root.equals(directory)).count();
    }

    private void named(Path context, List<Located> files) {
        List<Located> wanted =
                files.stream().filter(file -> !claimed.contains(file.real())).toList();
        if (wanted.isEmpty()) {
            return;
        }
        if (!Files.isDirectory(context)) {
            history(context, read(wanted), realPaths(wanted), true);
            return;
        }
        List<Located> all = new ArrayList<>(folder.sqlFiles(context, isFlywayLocation(context)));
        all.addAll(wanted);
        history(context, read(Folder.eachOnce(all)), realPaths(wanted), true);
    }

    private void standardInput() throws IOException {
        byte[] bytes = in.readAllBytes();
        if (request.stdinName().isEmpty()) {
            ScriptFile script = new ScriptFile(SourceText.decode("<stdin>", bytes), Optional.empty());
            MigrationSource plain = MigrationSources.named("plain").orElseThrow();
            histories.add(new History(
                    "<stdin>",
                    workingDirectory,
                    plain,
                    false,
                    plain.read(List.of(script)),
                    Set.of("<stdin>"),
                    Map.of()));
            return;
        }
        Path path = workingDirectory.resolve(request.stdinName().get());
        Located standIn = Located.of(path);
        Path context = context(path);
        List<Located> others = Files.isDirectory(context)
                ? folder.sqlFiles(context, isFlywayLocation(context)).stream()
                        .filter(file -> !file.real().equals(standIn.real()))
                        .toList()
                : List.of();
        Map<Located, ScriptFile> scripts = new LinkedHashMap<>(read(others));
        scripts.put(standIn, new ScriptFile(SourceText.decode(shown(path), bytes), configuration(path)));
        history(context, scripts, Set.of(standIn.real()), true);
    }

    /** The directory whose migrations run before a file: Flyway's location if it is in one, else its own; a pipe has none. */
    private static Path context(Path file) {
        Path path = file.toAbsolutePath().normalize();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return path;
        }
        return flywayLocation(path)
                .or(() -> Optional.ofNullable(path.getParent()))
                .orElse(path);
    }

    /** The innermost {@code db/migration} around the file and below the directory. */
    private static Optional<Path> flywayLocation(Path file, Path directory) {
        return flywayLocation(file).filter(location -> !location.equals(directory) && location.startsWith(directory));
    }

    private static Optional<Path> flywayLocation(Path file) {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            if (isFlywayLocation(at)) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static boolean isFlywayLocation(Path directory) {
        return directory.endsWith(FLYWAY_LOCATION);
    }

    private void history(Path root, Map<Located, ScriptFile> files, Set<Path> wanted, boolean named) {
        List<ScriptFile> scripts = List.copyOf(files.values());
        if (scripts.isEmpty()) {
            return;
        }
        MigrationSource tool = request.tool().orElseGet(() -> MigrationSources.detect(scripts));
        Migrations migrations = tool.read(scripts);
        Map<String, Path> places = new HashMap<>();
        files.forEach((file, script) -> places.put(script.text().path(), file.real()));
        Set<String> judged = new HashSet<>();
        for (Migration migration : migrations.inOrder()) {
            Path real = places.get(migration.source().path());
            if (wanted.contains(real) && claimed.add(real)) {
                judged.add(migration.source().path());
            }
        }
        if (named) {
            passOver(migrations, tool, places, wanted);
        } else if (migrations.inOrder().isEmpty()) {
            problem(
                    shown(root),
                    "no migrations in this directory (" + count(scripts.size()) + ", none that "
                            + tool.tool() + " runs: "
                            + migrations.ignored().get(0).reason() + ")");
        }
        if (!judged.isEmpty()) {
            histories.add(new History(shown(root), root, tool, request.tool().isEmpty(), migrations, judged, places));
        }
    }

    private void passOver(Migrations migrations, MigrationSource tool, Map<String, Path> places, Set<Path> wanted) {
        for (Ignored ignored : migrations.ignored()) {
            if (wanted.contains(places.get(ignored.path()))) {
                passedOver.add(Printable.of(ignored.path()) + ": not linted, " + tool.tool() + " does not run it ("
                        + ignored.reason() + "); --tool plain lints it all the same");
            }
        }
    }

    private static String count(int files) {
        return files == 1 ? "1 .sql file" : files + " .sql files";
    }

    private static Set<Path> realPaths(List<Located> files) {
        Set<Path> paths = new HashSet<>();
        files.forEach(file -> paths.add(file.real()));
        return paths;
    }

    private Map<Located, ScriptFile> read(List<Located> files) {
        Map<Located, ScriptFile> scripts = new LinkedHashMap<>();
        for (Located file : files) {
            text(file.path()).ifPresent(text -> scripts.put(file, new ScriptFile(text, configuration(file.path()))));
        }
        return scripts;
    }

    private Optional<SourceText> configuration(Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".conf");
        return Files.isRegularFile(beside) ? text(beside) : Optional.empty();
    }

    private Optional<SourceText> text(Path file) {
        try {
            return Optional.of(SourceText.decode(shown(file), Files.readAllBytes(file)));
        } catch (IOException failed) {
            unreadable(file, failed);
            return Optional.empty();
        }
    }

    private void unreadable(Path path, IOException failed) {
        problem(shown(path), "could not be read: " + Unreadable.reason(failed));
    }

    private void problem(String path, String what) {
        problems.add(Printable.of(path) + ": " + what);
    }

    /** Relative to the working directory where it is below it, with forward slashes. */
    private String shown(Path path) {
        Path whole = workingDirectory.resolve(path).normalize();
        if (whole.equals(workingDirectory)) {
            return ".";
        }
        Path shown = whole.startsWith(workingDirectory) ? workingDirectory.relativize(whole) : whole;
        return shown.toString().replace('\\', '/');
    }
}
