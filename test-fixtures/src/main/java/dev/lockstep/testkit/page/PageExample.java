package dev.lockstep.testkit.page;

import dev.lockstep.testkit.page.PageBlock.BlockFile;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@code unsafe} or {@code safe} block with what it starts from.
 *
 * @param setup the files of the set-up blocks above it
 * @param applied the old text of its files, from the {@code applied} block just above it
 */
record PageExample(String page, PageBlock block, List<BlockFile> setup, List<BlockFile> applied) {

    static List<PageExample> read(String page, String markdown) {
        List<PageExample> examples = new ArrayList<>();
        List<BlockFile> setup = new ArrayList<>();
        List<BlockFile> applied = List.of();
        for (PageBlock block : PageBlock.read(markdown)) {
            switch (block.role()) {
                case "setup" -> setup.addAll(block.files());
                case "applied" -> applied = block.files();
                case "unsafe", "safe" -> {
                    examples.add(new PageExample(page, block, List.copyOf(setup), applied));
                    applied = List.of();
                }
                default ->
                    throw new IllegalArgumentException(
                            page + ":" + block.line() + ": no such role of a block: " + block.role());
            }
        }
        return examples;
    }

    boolean isUnsafe() {
        return block.role().equals("unsafe");
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
