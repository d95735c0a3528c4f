package dev.lockstep.testkit.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small script that every server from one major version to another accepts. */
record DdlScript(String name, int from, int to, String sql) {

    private static final Pattern HEADING =
            Pattern.compile("(?m)^-- script: (.*?)(?: pg=(\\d\\d)(?:(\\.\\.)(\\d\\d)?)?)?$");

    private static final List<String> FILES = List.of("tables", "constraints", "partitions", "objects");

    static List<DdlScript> all() {
        return FILES.stream().flatMap(file -> read(file).stream()).toList();
    }

    boolean covers(int major) {
        return from <= major && major <= to;
    }

    private static List<DdlScript> read(String file) {
        String text = text(file + ".sql");
        List<DdlScript> scripts = new ArrayList<>();
        Matcher heading = HEADING.matcher(text);
        boolean found = heading.find();
        while (found) {
            String name = file + ": " + heading.group(1);
            int from = heading.group(2) == null ? 14 : Integer.parseInt(heading.group(2));
            boolean one = heading.group(2) != null && heading.group(3) == null;
            int to = heading.group(4) != null ? Integer.parseInt(heading.group(4)) : one ? from : 18;
            int start = heading.end();
            found = heading.find();
            scripts.add(new DdlScript(name, from, to, text.substring(start, found ? heading.start() : text.length())));
        }
        return scripts;
    }

    static String text(String resource) {
        try (InputStream input = DdlScript.class.getResourceAsStream(resource)) {
            if (input == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
