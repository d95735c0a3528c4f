package dev.lockstep.pgquery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Finds and loads the shared library of the native engine: a file named by a system property, or the one in the jar,
 * unpacked once for each user and each content.
 */
final class NativeLibrary {
    /** Property with the path of a library to load as it is. */
    private static final String LIBRARY_PROPERTY = "lockstep.pgquery.library";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** There is no native engine here; the message says why. */
    static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Unavailable(String reason) {
            super(reason);
            this.reason = reason;
        }

        Unavailable(String reason, Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    private NativeLibrary() {}

    static void load() throws Unavailable {
        var named = Optional.ofNullable(System.getProperty(LIBRARY_PROPERTY));
        if (named.isPresent()) {
            load(Path.of(named.get()).toAbsolutePath());
            return;
        }
        var packed = Packed.find();
        try {
            load(packed.unpackInto(cacheDirectory()));
        } catch (IOException | Unavailable unusableCache) {
            loadFromTemporaryFile(packed, unusableCache);
        }
    }

    @SuppressWarnings("restricted")
    private static void load(Path library) throws Unavailable {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError refusal) {
            throw new Unavailable("loading " + library + " failed: " + refusal.getMessage(), refusal);
        }
    }

    /** The file may be deleted as soon as it is loaded; Windows deletes it at the end of the process. */
    private static void loadFromTemporaryFile(Packed packed, Exception unusableCache) throws Unavailable {
        try {
            var directory = Files.createTempDirectory("pg-query-");
            var library = packed.unpackInto(directory);
            try {
                load(library);
            } finally {
                if (!library.toFile().delete() || !directory.toFile().delete()) {
                    directory.toFile().deleteOnExit();
                    library.toFile().deleteOnExit();
                }
            }
        } catch (IOException failure) {
            failure.addSuppressed(unusableCache);
            throw new Unavailable("the native library can't be unpacked: " + failure, failure);
        }
    }

    private static Path cacheDirectory() throws IOException {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        var shared = Files.createDirectories(base.resolve("lockstep"));
        var directory = shared.resolve("pg-query");
        if (isPosix(shared)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            checkPrivate(directory);
        } else {
            Files.createDirectories(directory);
        }
        return directory;
    }

    /** Whoever can write there could have this process run code of theirs. */
    private static void checkPrivate(Path directory) throws IOException {
        var attributes = Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var home = Files.getOwner(Path.of(System.getProperty("user.home")));
        if (!OWNER_ONLY.containsAll(attributes.permissions())
                || !attributes.owner().equals(home)) {
            throw new IOException(directory + " is open to other users");
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /** The library in the jar and what the build noted about it. */
    private record Packed(String resource, int size, long crc32, String sha256) {
        static Packed find() throws Unavailable {
            var platform = platform();
            var directory = "native/" + platform + "/";
            try (var description = NativeLibrary.class.getResourceAsStream(directory + "library.properties")) {
                if (description == null) {
                    throw new Unavailable("no native library for " + platform + " in this build");
                }
                var notes = new Properties();
                notes.load(description);
                return new Packed(
                        directory + System.mapLibraryName("pgquery"),
                        Integer.parseInt(notes.getProperty("size")),
                        Long.parseLong(notes.getProperty("crc32")),
                        notes.getProperty("sha256"));
            } catch (IOException failure) {
                throw new Unavailable("the native library can't be read: " + failure, failure);
            }
        }

        /** The same words the build uses to name the resource. */
        private static String platform() {
            var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            var family = os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : os;
            return family + "-" + System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        }

        /** Other processes may do the same at the same time: each moves a complete file in place, all alike. */
        Path unpackInto(Path directory) throws IOException {
            var library = directory.resolve(sha256.substring(0, 32) + "-" + System.mapLibraryName("pgquery"));
            if (isIntact(library)) {
                return library;
            }
            var unfinished = Files.createTempFile(directory, "unpack-", ".tmp");
            try (var content = NativeLibrary.class.getResourceAsStream(resource)) {
                if (content == null) {
                    throw new IOException("no resource " + resource);
                }
                Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unfinished, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            return library;
        }

        /** A checksum, not a hash: this happens at every start, and the directory is the user's own. */
        private boolean isIntact(Path library) throws IOException {
            if (!Files.isRegularFile(library) || Files.size(library) != size) {
                return false;
            }
            var checksum = new CRC32();
            try (var channel = FileChannel.open(library)) {
                checksum.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
            }
            return checksum.getValue() == crc32;
        }
    }
}
