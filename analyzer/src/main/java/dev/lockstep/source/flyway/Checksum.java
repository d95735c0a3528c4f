package dev.lockstep.source.flyway;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The number by which Flyway knows a script again: over its lines, so that line endings and a byte-order mark don't count. */
public final class Checksum {

    private Checksum() {}

    /**
     * Of a script's text.
     *
     * @param text as it stands in the file; of a repeatable migration with its placeholders filled in
     */
    public static int of(String text) {
        CRC32 checksum = new CRC32();
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        withoutMark.lines().forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) checksum.getValue();
    }
}
