package dev.lockstep.testkit.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fenced SQL block of a page: {@code ```sql ROLE key=value …}.
 *
 * <p>Roles: {@code setup} (the schema all later blocks start from), {@code unsafe}, {@code safe}, {@code applied} (the text that the files of the
 * next block had when they were applied). Attributes: {@code pg=14..18}, {@code tool=NAME}, {@code deploy=one} (all files are one
 * deploy), {@code server=no} (not to be run), {@code settings=none} (Flyway without settings in sight; else they keep its lock out of the
 * way), {@code option.KEY=VALUE} (an option of the page's rule; commas part the words of a list).
 *
 * @param line where the block starts in the page, 1-based
 * @param files the block cut at its {@code -- file: NAME} lines; a block without one is a single file
 */
record PageBlock(String role, Map<String, String> attributes, int line, List<BlockFile> files) {

    /**
     * A file of a block.
     *
     * @param outsideTransaction whether the tool is told to run it without a transaction
     */
    record BlockFile(String name, String text, boolean outsideTransaction) {}

    private static final String FILE_MARK = "-- file: ";

    private static final String OPTION = "option.";

    /** The SQL blocks of a page that have a role, in order. */
    static List<PageBlock> read(String markdown) {
        List<PageBlock> blocks = new ArrayList<>();
        String[] lines = markdown.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].startsWith("```sql ")) {
                continue;
            }
            int start = i + 1;
            do {
                i++;
            } while (i < lines.length && !lines[i].startsWith("```"));
            List<String> body = List.of(lines).subList(start, Math.min(i, lines.length));
            blocks.add(block(lines[start - 1].substring("```sql ".length()).split(" +"), start, body));
        }
        return blocks;
    }

    private static PageBlock block(String[] words, int line, List<String> body) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            attributes.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return new PageBlock(words[0], attributes, line, files(words[0], attributes, body));
    }

    private static List<BlockFile> files(String role, Map<String, String> attributes, List<String> body) {
        List<BlockFile> files = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean plain = "plain".equals(attributes.get("tool"));
        Optional<String> header = Optional.empty();
        for (String line : body) {
            if (line.startsWith(FILE_MARK)) {
                addFile(files, header, text, role, plain);
                text = new StringBuilder();
                header = Optional.of(line.substring(FILE_MARK.length()));
            } else {
                text.append(line).append('\n');
            }
        }
        addFile(files, header, text, role, plain);
        return files;
    }

    private static void addFile(
            List<BlockFile> files, Optional<String> header, StringBuilder text, String role, boolean plain) {
        if (header.isEmpty() && text.isEmpty()) {
            return;
        }
        String standIn = role.equals("setup") ? "1__setup.sql" : "2__example.sql";
        String[] words = header.orElse((plain ? "" : "V") + standIn).split(" +");
        files.add(new BlockFile(words[0], text.toString(), List.of(words).contains("executeInTransaction=false")));
    }

    String tool() {
        return attributes.getOrDefault("tool", "flyway");
    }

    boolean isOneDeploy() {
        return "one".equals(attributes.get("deploy"));
    }

    /** The values given to options of the page's rule, by key. */
    Map<String, List<String>> options() {
        Map<String, List<String>> options = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(OPTION)) {
                options.put(name.substring(OPTION.length()), List.of(value.split(",")));
            }
        });
        return options;
    }

    /** Whether the block stands for a project whose tool has settings; a file of the block may be them. */
    boolean hasSettings() {
        return !"none".equals(attributes.get("settings"));
    }

    boolean runsOnServers() {
        return !"no".equals(attributes.get("server"));
    }

    /** The majors of {@code pg=FIRST..LAST}; all when the block doesn't say. */
    boolean covers(int major) {
        String[] range = attributes.getOrDefault("pg", "14..18").split("\\.\\.");
        return major >= Integer.parseInt(range[0]) && major <= Integer.parseInt(range[range.length - 1]);
    }
}
