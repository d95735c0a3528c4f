package dev.lockstep.cli.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be read, in the user's words. */
public final class Unreadable {

    private Unreadable() {}

    public static String reason(IOException failed) {
        if (failed instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failed instanceof NoSuchFileException
                ? "no such file (a broken link?)"
                : String.valueOf(failed.getMessage());
    }
}
