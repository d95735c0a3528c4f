package dev.lockstep.cli.history;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import dev.lockstep.text.SourceText;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * The files of one commit: the merge base of a reference and HEAD, as a pull request compares. What is there counts as applied.
 */
public final class GitHistory implements AutoCloseable {

    private final Repository repository;
    private final Path workTree;
    private final RevCommit base;
    private final Map<String, ObjectId> files;

    private GitHistory(Repository repository, Path workTree, RevCommit base, Map<String, ObjectId> files) {
        this.repository = repository;
        this.workTree = workTree;
        this.base = base;
        this.files = files;
    }

    /**
     * Opens the repository around a directory.
     *
     * @throws UserError if there is none, or the reference or its common past with HEAD is not in it
     */
    public static GitHistory open(Path directory, String reference) {
        Repository repository = repository(directory);
        try {
            RevCommit base = base(repository, reference);
            return new GitHistory(
                    repository, repository.getWorkTree().toPath().toRealPath(), base, files(repository, base));
        } catch (MissingObjectException missing) {
            repository.close();
            throw new UserError("--since " + Printable.of(reference) + ": git object "
                    + missing.getObjectId().abbreviate(10).name() + " is missing" + shallowHint(repository));
        } catch (IOException failed) {
            repository.close();
            throw new UncheckedIOException(failed);
        } catch (UserError error) {
            repository.close();
            throw error;
        }
    }

    private static synchronized void keepToTheProject() {
        if (!(SystemReader.getInstance() instanceof HermeticReader)) {
            FS.FileStoreAttributes.setBackground(true);
            SystemReader.setInstance(new HermeticReader(SystemReader.getInstance()));
        }
    }

    private static Repository repository(Path directory) {
        keepToTheProject();
        File start = real(directory).toFile();
        FileRepositoryBuilder builder = new FileRepositoryBuilder().findGitDir(start);
        if (builder.getGitDir() == null) {
            throw new UserError("--since needs git: " + Printable.of(start.toString()) + " is not in a git repository");
        }
        try {
            Repository repository = builder.setMustExist(true).build();
            String hash = repository.getConfig().getString("extensions", null, "objectformat");
            if (hash != null && !hash.equalsIgnoreCase("sha1")) {
                throw new UserError("--since can't read a git repository with SHA-256 object names");
            }
            if (repository.isBare()) {
                throw new UserError("--since needs a working tree: " + builder.getGitDir() + " is a bare repository");
            }
            return repository;
        } catch (IOException | IllegalArgumentException refused) {
            throw new UserError("the git repository " + builder.getGitDir() + " can't be read: "
                    + Printable.of(String.valueOf(refused.getMessage())));
        }
    }

    /** The directory may be one that is still to come. */
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException missing) {
            return directory.toAbsolutePath().normalize();
        }
    }

    private static RevCommit base(Repository repository, String reference) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit since = commit(repository, walk, reference);
            ObjectId head = repository.resolve(Constants.HEAD);
            if (head == null) {
                return since;
            }
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(since);
            walk.markStart(walk.parseCommit(head));
            RevCommit base = walk.next();
            if (base == null) {
                throw new UserError("--since " + Printable.of(reference) + ": it has no commit in common with HEAD"
                        + shallowHint(repository));
            }
            return base;
        }
    }

    private static RevCommit commit(Repository repository, RevWalk walk, String reference) throws IOException {
        try {
            ObjectId id = repository.resolve(reference);
            if (id == null) {
                throw new UserError("--since " + Printable.of(reference) + ": git knows no such branch, tag or commit"
                        + shallowHint(repository));
            }
            return walk.parseCommit(id);
        } catch (RevisionSyntaxException | IncorrectObjectTypeException notACommit) {
            throw new UserError("--since " + Printable.of(reference) + " does not name a commit");
        }
    }

    private static String shallowHint(Repository repository) {
        try {
            boolean shallow =
                    !repository.getObjectDatabase().getShallowCommits().isEmpty();
            return shallow ? "; this clone is shallow: fetch the whole history (`git fetch --unshallow`)" : "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, ObjectId> files(Repository repository, RevCommit commit) throws IOException {
        Map<String, ObjectId> files = new HashMap<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(commit.getTree());
            walk.setRecursive(true);
            while (walk.next()) {
                if (FileMode.REGULAR_FILE.equals(walk.getRawMode(0))
                        || FileMode.EXECUTABLE_FILE.equals(walk.getRawMode(0))) {
                    files.put(walk.getPathString(), walk.getObjectId(0));
                }
            }
        }
        return files;
    }

    /** The commit, abbreviated. */
    public String commit() {
        return base.abbreviate(10).name();
    }

    /**
     * The text that a file had.
     *
     * @param path in the repository
     * @param shown the path the text is to bear
     */
    Optional<SourceText> textOf(String path, String shown, Charset charset) {
        return Optional.ofNullable(files.get(path)).map(blob -> SourceText.decode(shown, bytes(blob), charset));
    }

    boolean has(String path) {
        return files.containsKey(path);
    }

    /** The paths in the repository of the files there were. */
    Set<String> paths() {
        return files.keySet();
    }

    /** What a file is called in the repository; empty if it lies outside. */
    Optional<String> pathOf(Path file) {
        return file.startsWith(workTree)
                ? Optional.of(workTree.relativize(file).toString().replace(File.separatorChar, '/'))
                : Optional.empty();
    }

    private byte[] bytes(AnyObjectId blob) {
        try (ObjectReader reader = repository.newObjectReader()) {
            return reader.open(blob).getBytes(Integer.MAX_VALUE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
