package dev.lockstep.source;

import dev.lockstep.text.SourceText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files that are given as text, by the paths the texts bear. */
public final class MemoryProject implements Project {

    private final Map<String, SourceText> files = new TreeMap<>();

    private MemoryProject() {}

    public static MemoryProject of(Collection<SourceText> files) {
        MemoryProject project = new MemoryProject();
        files.forEach(file -> project.files.put(file.path(), file));
        return project;
    }

    @Override
    public String directory() {
        return "";
    }

    @Override
    public List<String> files() {
        return List.copyOf(files.keySet());
    }

    @Override
    public boolean has(String path) {
        return files.containsKey(path);
    }

    @Override
    public Optional<SourceText> read(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public String shown(String path) {
        return path;
    }
}
