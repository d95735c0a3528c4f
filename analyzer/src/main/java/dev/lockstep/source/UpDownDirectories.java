package dev.lockstep.source;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tool whose migrations are directories, with the ways there and back in {@code up.sql} and {@code down.sql}. */
public abstract class UpDownDirectories extends NamedSource {

    private final Pattern directory;

    /** @param directory the names of directories that are migrations; group 1 is the version */
    protected UpDownDirectories(String tool, String runner, Comparator<String> order, Pattern directory) {
        super(tool, runner, order);
        this.directory = directory;
    }

    @Override
    protected final Optional<Name> name(String path) {
        String fileName = ProjectPath.name(path);
        if (!fileName.equals("up.sql") && !fileName.equals("down.sql")) {
            return Optional.empty();
        }
        String name = ProjectPath.name(ProjectPath.parent(path));
        Matcher version = directory.matcher(name);
        return version.matches()
                ? Optional.of(new Name(
                        name, version.group(1).replace("-", ""), fileName.equals("up.sql") ? Role.UP : Role.DOWN))
                : Optional.empty();
    }

    @Override
    protected final String place(String path) {
        return ProjectPath.parent(ProjectPath.parent(path));
    }
}
