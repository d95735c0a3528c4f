package dev.lockstep.source.liquibase;

import dev.lockstep.text.SourceText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.OpenOptions;
import liquibase.resource.Resource;

/** The files that Liquibase may read: those of the project. */
final class ProjectResources extends AbstractResourceAccessor {

    private final SearchPath paths;

    ProjectResources(SearchPath paths) {
        this.paths = paths;
    }

    private Optional<SourceText> text(String path) {
        return SearchPath.isElsewhere(path)
                ? Optional.empty()
                : paths.find(path).flatMap(paths.project()::read);
    }

    @Override
    public List<Resource> search(String path, boolean recursive) {
        return List.of();
    }

    @Override
    public List<Resource> getAll(String path) {
        return text(path).isPresent() ? List.of(new File(path)) : List.of();
    }

    @Override
    public List<String> describeLocations() {
        return paths.roots();
    }

    @Override
    public void close() {}

    private final class File extends AbstractResource {

        File(String path) {
            super(path, URI.create("project:/"));
        }

        @Override
        public InputStream openInputStream() throws IOException {
            return new ByteArrayInputStream(text(getPath())
                    .orElseThrow(() -> new IOException("no such file in the project: " + getPath()))
                    .content()
                    .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream openOutputStream(OpenOptions options) throws IOException {
            throw new IOException("not to be written: " + getPath());
        }

        @Override
        public boolean exists() {
            return text(getPath()).isPresent();
        }

        @Override
        public Resource resolve(String other) {
            return new File(resolvePath(other));
        }

        @Override
        public Resource resolveSibling(String other) {
            return new File(resolveSiblingPath(other));
        }
    }
}
