package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import dev.lockstep.source.liquibase.ChangeLogFile.Format;
import dev.lockstep.text.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a changelog and all it includes, in the order Liquibase does, and collects the changesets that run on PostgreSQL. */
final class ChangeLogs {

    private final Project project;
    private final RunFilter filter;
    private final Parameters parameters;
    private SearchPath paths;
    private final List<ChangeSet> first = new ArrayList<>();
    private final List<ChangeSet> inOrder = new ArrayList<>();
    private final List<ChangeSet> last = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final Deque<String> including = new ArrayDeque<>();

    /**
     * A changelog being read.
     *
     * @param name what its changesets are filed under
     */
    private record Frame(
            String path,
            SourceText file,
            String name,
            Optional<String> quoting,
            List<String> contexts,
            List<String> labels) {}

    ChangeLogs(Project project, SearchPath paths, Settings settings, RunFilter filter) {
        this.project = project;
        this.paths = paths;
        this.parameters = new Parameters(settings.parameters());
        this.filter = filter;
    }

    List<ChangeSet> changeSets() {
        return Stream.of(first, inOrder, last).flatMap(List::stream).toList();
    }

    List<Lost> lost() {
        return lost;
    }

    /** The files that were read, by their paths in the project. */
    Set<String> files() {
        return read;
    }

    SearchPath paths() {
        return paths;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Reads a changelog that no other includes. */
    void read(String path) {
        read(path, List.of(), List.of());
    }

    private void read(String path, List<String> contexts, List<String> labels) {
        Optional<Format> format = ChangeLogFile.format(path);
        Optional<SourceText> file = format.isEmpty() ? Optional.empty() : project.read(path);
        if (file.isEmpty()) {
            return;
        }
        read.add(path);
        including.push(path);
        ChangeLogFile changeLog = ChangeLogFile.read(file.get(), format.get());
        lost.addAll(changeLog.lost());
        ChangeLogNode root = changeLog.root();
        lookUpFrom(root);
        Frame frame = new Frame(
                path,
                file.get(),
                root.text("logicalFilePath").map(ChangeLogs::normalized).orElse(paths.nameOf(path)),
                root.text("objectQuotingStrategy"),
                with(contexts, context(root)),
                labels);
        if (!Dbms.isRuledOut(root)) {
            root.children().forEach(child -> child(child, frame));
        }
        including.pop();
    }

    /** The first changelog that is found by its whole path shows where all of them are looked up. */
    private void lookUpFrom(ChangeLogNode root) {
        if (including.size() > 1) {
            return;
        }
        root.children("include")
                .filter(include -> !include.flag("relativeToChangelogFile", false))
                .flatMap(include -> include.text("file").stream())
                .filter(target -> !SearchPath.isElsewhere(target))
                .flatMap(target -> paths.find(target).map(file -> paths.ledBy(target, file)).stream())
                .findFirst()
                .ifPresent(led -> paths = led);
    }

    private static List<String> with(List<String> inherited, Optional<String> own) {
        return Stream.concat(inherited.stream(), own.stream()).toList();
    }

    private static Optional<String> context(ChangeLogNode node) {
        return node.text("contextFilter").or(() -> node.text("context"));
    }

    private static String normalized(String path) {
        return path.replace('\\', '/').replaceFirst("^(classpath:)?/?", "");
    }

    private void child(ChangeLogNode written, Frame frame) {
        ChangeLogNode node = parameters.expand(written, frame.name());
        switch (node.name()) {
            case "changeSet" -> changeSet(node, frame);
            case "include" -> include(node, frame);
            case "includeAll" -> includeAll(node, frame);
            case "property" -> property(node, frame);
            case "modifyChangeSets" ->
                node.children().stream()
                        .filter(child -> child.name().startsWith("include"))
                        .forEach(child -> child(child, frame));
            case "preConditions",
                    "logicalFilePath",
                    "objectQuotingStrategy",
                    "context",
                    "contextFilter",
                    "changeLogId",
                    "schemaLocation",
                    ChangeLogNode.COMMENT -> {}
            default -> lose(node, "unknown element " + node.name());
        }
    }

    private void changeSet(ChangeLogNode node, Frame frame) {
        Optional<String> id = node.text("id");
        if (id.isEmpty()) {
            lose(node, "a changeset without an id");
            return;
        }
        boolean runs = Dbms.admits(node)
                && !Dbms.isRuledOut(node)
                && !node.flag("ignore", false)
                && filter.admits(with(frame.contexts(), context(node)), with(frame.labels(), node.text("labels")));
        if (!runs) {
            return;
        }
        String name = node.text("logicalFilePath").map(ChangeLogs::normalized).orElse(frame.name());
        ChangeSet changeSet = new ChangeSet(
                name + "::" + id.get() + "::" + node.text("author").orElse(""),
                paths.nameOf(frame.path()),
                frame.path(),
                frame.file(),
                node,
                frame.quoting());
        switch (node.text("runOrder").orElse("")) {
            case "first" -> first.add(changeSet);
            case "last" -> last.add(changeSet);
            default -> inOrder.add(changeSet);
        }
    }

    private void include(ChangeLogNode node, Frame frame) {
        if (node.flag("ignore", false)) {
            return;
        }
        String target = node.text("file").orElse("");
        boolean relative = node.flag("relativeToChangelogFile", false);
        Optional<String> path = paths.find(target, frame.path(), relative);
        if (path.isPresent()) {
            include(path.get(), node, frame);
        } else if (SearchPath.isElsewhere(target)) {
            lose(node, "include of " + target + " (not loaded)");
        } else if (paths.leadsOutside(target, frame.path(), relative)) {
            lose(node, "include of " + target + ", outside the project");
        } else if (node.flag("errorIfMissing", true)) {
            lose(node, "include of " + target + ", which is not there");
        }
    }

    private void include(String path, ChangeLogNode node, Frame frame) {
        if (including.contains(path)) {
            lose(node, "include of " + ProjectPath.name(path) + ", which includes this file");
        } else if (read.contains(path)) {
            lose(node, "include of " + ProjectPath.name(path) + ", which was included before");
        } else if (ChangeLogFile.format(path).isEmpty()) {
            lose(node, "include of " + ProjectPath.name(path) + ", a format of which Liquibase knows nothing");
        } else {
            read(path, with(frame.contexts(), context(node)), with(frame.labels(), node.text("labels")));
        }
    }

    private void includeAll(ChangeLogNode node, Frame frame) {
        if (node.flag("ignore", false)) {
            return;
        }
        for (String byClass : List.of("filter", "resourceFilter", "resourceComparator")) {
            node.child(byClass)
                    .ifPresent(named -> lose(
                            named,
                            "includeAll by class " + named.value().text() + " (not loaded; all files are read)"));
        }
        String target = node.text("path").orElse("");
        boolean relative = node.flag("relativeToChangelogFile", false);
        for (String directory : paths.directories(target, frame.path(), relative)) {
            List<String> files = filesIn(directory, node, frame);
            if (!files.isEmpty()) {
                files.forEach(path -> include(path, node, frame));
                return;
            }
        }
        if (SearchPath.isElsewhere(target)) {
            lose(node, "includeAll of " + target + " (not loaded)");
        } else if (paths.leadsOutside(target, frame.path(), relative)) {
            lose(node, "includeAll of " + target + ", outside the project");
        } else if (node.flag("errorIfMissingOrEmpty", true)) {
            lose(node, "includeAll of " + target + ", where no changelog was found");
        }
    }

    private List<String> filesIn(String directory, ChangeLogNode node, Frame frame) {
        int shallowest = number(node, "minDepth", 1);
        int deepest = number(node, "maxDepth", Integer.MAX_VALUE);
        String ending = node.text("endsWithFilter").orElse("").toLowerCase(Locale.ROOT);
        return project.files().stream()
                .filter(path -> ProjectPath.isBelow(path, directory))
                .filter(path -> ChangeLogFile.format(path).isPresent())
                .filter(path -> path.toLowerCase(Locale.ROOT).endsWith(ending))
                .filter(path -> !path.equals(frame.path()))
                .filter(path -> depth(path, directory) >= shallowest && depth(path, directory) <= deepest)
                .sorted(Comparator.comparing((String path) -> path.replace("WEB-INF/classes/", "")))
                .toList();
    }

    /** 1 for a file that lies in the directory itself. */
    private static int depth(String path, String directory) {
        return path.split("/").length - (directory.isEmpty() ? 0 : directory.split("/").length);
    }

    private static int number(ChangeLogNode node, String attribute, int otherwise) {
        return node.text(attribute)
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    private void property(ChangeLogNode node, Frame frame) {
        if (!Dbms.admits(node)
                || !filter.admits(
                        context(node).stream().toList(),
                        node.text("labels").stream().toList())) {
            return;
        }
        Optional<String> file = node.text("file");
        if (file.isEmpty()) {
            String value =
                    node.child("value").map(child -> child.value().text()).orElse("");
            node.text("name").ifPresent(name -> define(name, value, node, frame));
            return;
        }
        Optional<SourceText> properties = paths.find(
                        file.get(), frame.path(), node.flag("relativeToChangelogFile", false))
                .flatMap(project::read);
        if (properties.isPresent()) {
            Settings.properties(properties.get()).forEach((name, value) -> define(name, value, node, frame));
        } else if (node.flag("errorIfMissing", true)) {
            lose(node, "properties of " + file.get() + ", which is not there");
        }
    }

    private void define(String name, String value, ChangeLogNode node, Frame frame) {
        if (node.flag("global", true)) {
            parameters.set(name, value);
        } else {
            parameters.setLocal(frame.name(), name, value);
        }
    }

    private void lose(ChangeLogNode node, String what) {
        lost.add(new Lost(node.place(), what));
    }
}
