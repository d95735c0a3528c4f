package dev.lockstep.source.liquibase;

import dev.lockstep.source.Project;
import dev.lockstep.source.ProjectPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the paths in changelogs mean: Liquibase looks them up in directories it is told, or on the class path; we look where they can be
 * found around the master changelog.
 *
 * @param roots directories of the project, the likeliest first
 */
record SearchPath(Project project, List<String> roots) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private static final String CLASS_PATH = "classpath:";

    /** @param told the directories that configuration names */
    static SearchPath around(Project project, String master, List<String> told) {
        Set<String> roots = new LinkedHashSet<>(told);
        String directory = ProjectPath.parent(master);
        int resources = (directory + "/").lastIndexOf("/resources/");
        if (resources >= 0) {
            roots.add(directory.substring(0, resources) + "/resources");
        }
        roots.add("");
        for (String at = directory; !at.isEmpty(); at = ProjectPath.parent(at)) {
            roots.add(at);
        }
        return new SearchPath(project, List.copyOf(roots));
    }

    /** Whether a path names something that is not a file here. */
    static boolean isElsewhere(String path) {
        return SCHEME.matcher(path).matches() && !path.startsWith(CLASS_PATH);
    }

    /** The file in the project; empty if there is none, or it would lie outside. */
    Optional<String> find(String path) {
        String plain = plain(path);
        return roots.stream()
                .map(root -> ProjectPath.resolve(root, plain))
                .flatMap(Optional::stream)
                .filter(project::has)
                .findFirst();
    }

    /** A path beside a changelog, or one to be looked up. */
    Optional<String> find(String path, String changeLog, boolean relative) {
        if (isElsewhere(path)) {
            return Optional.empty();
        }
        return relative ? beside(changeLog, path).filter(project::has) : find(path);
    }

    private static Optional<String> beside(String changeLog, String path) {
        return ProjectPath.resolve(ProjectPath.parent(changeLog), plain(path));
    }

    /** The directories that a path may mean, the likeliest first. */
    List<String> directories(String path, String changeLog, boolean relative) {
        if (isElsewhere(path)) {
            return List.of();
        }
        if (relative) {
            return beside(changeLog, path).stream().toList();
        }
        return roots.stream()
                .map(root -> ProjectPath.resolve(root, plain(path)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Whether a path would lead outside the project from wherever it is taken. */
    boolean leadsOutside(String path, String changeLog, boolean relative) {
        return directories(path, changeLog, relative).isEmpty();
    }

    private static String plain(String path) {
        String plain = path.startsWith(CLASS_PATH) ? path.substring(CLASS_PATH.length()) : path;
        return plain.replace('\\', '/').replaceFirst("^/+", "");
    }

    /** What Liquibase calls a file of the project. */
    String nameOf(String file) {
        String root = roots.get(0);
        return !root.isEmpty() && ProjectPath.isBelow(file, root) ? file.substring(root.length() + 1) : file;
    }

    /** The same with a directory that a path was found in as the likeliest. */
    SearchPath ledBy(String path, String file) {
        String plain = plain(path);
        if (!file.endsWith(plain) || file.length() == plain.length()) {
            return this;
        }
        String root = file.substring(0, file.length() - plain.length() - 1);
        Set<String> order = new LinkedHashSet<>(List.of(root));
        order.addAll(roots);
        return new SearchPath(project, List.copyOf(order));
    }
}
