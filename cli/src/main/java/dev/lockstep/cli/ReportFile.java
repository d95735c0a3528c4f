package dev.lockstep.cli;

import dev.lockstep.cli.user.Printable;
import dev.lockstep.cli.user.UserError;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Where the report goes: standard output, or a file that is there whole or not at all. */
final class ReportFile {

    private final Optional<Path> file;
    private final Console console;

    private ReportFile(Optional<Path> file, Console console) {
        this.file = file;
        this.console = console;
    }

    /** @throws UserError if the file can't be there */
    static ReportFile of(Optional<String> name, Console console) {
        return new ReportFile(name.map(text -> checked(text, console)), console);
    }

    private static Path checked(String name, Console console) {
        try {
            Path file = console.environment().directory().resolve(name);
            Path directory = file.toAbsolutePath().getParent();
            if (name.isEmpty() || Files.isDirectory(file)) {
                throw new UserError("--output " + Printable.of(name) + ": not a file");
            }
            if (directory == null || !Files.isDirectory(directory)) {
                throw new UserError("--output " + Printable.of(name) + ": its directory does not exist");
            }
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (InvalidPathException invalid) {
            throw new UserError("--output " + Printable.of(name) + ": not a path");
        } catch (IOException unresolved) {
            throw new UserError("--output " + Printable.of(name) + ": can't be written");
        }
    }

    boolean isStandardOutput() {
        return file.isEmpty();
    }

    /** Writes a report. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    void write(Content content) throws IOException {
        if (file.isEmpty()) {
            content.writeTo(console.out());
            console.out().flush();
            return;
        }
        try {
            replace(file.get(), content);
        } catch (IOException failed) {
            throw new UserError("--output " + Printable.of(file.get().toString()) + ": can't be written: "
                    + Printable.of(String.valueOf(failed.getMessage())));
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            fill(file, content);
            return;
        }
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            fill(beside, content);
            move(beside, file);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))) {
            content.writeTo(out);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
