package dev.lockstep.testkit.page;

import dev.lockstep.testkit.page.PageBlock.BlockFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An {@code unsafe} or {@code safe} block with what it starts from.
 *
 * @param page names where it stands
 * @param rules the ids of the rules it is about, which are asked besides the safety set and whose options it may give
 * @param setup the files of the set-up blocks above it
 * @param applied the old text of its files, from the {@code applied} block just above it
 */
record PageExample(String page, Set<String> rules, PageBlock block, List<BlockFile> setup, List<BlockFile> applied) {

    /** Those of a rule's page. */
    static List<PageExample> read(String page, String markdown) {
        return read(page, Set.of(page), markdown);
    }

    static List<PageExample> read(String page, Set<String> rules, String markdown) {
        List<PageExample> examples = new ArrayList<>();
        List<BlockFile> setup = new ArrayList<>();
        List<BlockFile> applied = List.of();
        for (PageBlock block : PageBlock.read(markdown)) {
            switch (block.role()) {
                case "setup" -> block.files().forEach(file -> add(file, setup));
                case "applied" -> applied = block.files();
                case "unsafe", "safe", "bad", "good" -> {
                    examples.add(new PageExample(page, rules, block, List.copyOf(setup), applied));
                    applied = List.of();
                }
                default ->
                    throw new IllegalArgumentException(
                            page + ":" + block.line() + ": no such role of a block: " + block.role());
            }
        }
        return examples;
    }

    /** Set-up blocks that name no file are one. */
    private static void add(BlockFile file, List<BlockFile> setup) {
        for (int i = 0; i < setup.size(); i++) {
            BlockFile earlier = setup.get(i);
            if (earlier.name().equals(file.name())) {
                setup.set(i, new BlockFile(file.name(), earlier.text() + file.text(), file.outsideTransaction()));
                return;
            }
        }
        setup.add(file);
    }

    boolean isUnsafe() {
        return block.role().equals("unsafe") || block.role().equals("bad");
    }

    List<Expectation> expectations() {
        return block.files().stream()
                .flatMap(file -> Expectation.read(file.name(), file.text()).stream())
                .toList();
    }

    @Override
    public String toString() {
        return page + ":" + block.line() + " " + block.role();
    }
}
