package dev.lockstep.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of a rule: prose, examples and tests in one.
 *
 * @param markdown the whole page
 * @param title the first heading: the rule's id
 * @param summary the paragraph under it
 * @param sections heading to text, in order
 */
public record RulePage(String markdown, String title, String summary, Map<String, String> sections) {

    /** The headings every page has, in order. */
    public static final List<String> HEADINGS =
            List.of("What happens", "Why it hurts", "The safe way", "When to ignore it", "Examples");

    public RulePage {
        sections = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /** Reads the page that stands beside the rule's class. */
    public static RulePage of(Rule rule) {
        String name = rule.getClass().getSimpleName() + ".md";
        try (InputStream page = rule.getClass().getResourceAsStream(name)) {
            if (page == null) {
                throw new IllegalStateException("no page " + name + " beside " + rule.getClass());
            }
            return parse(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static RulePage parse(String markdown) {
        String title = "";
        Map<String, StringBuilder> texts = new LinkedHashMap<>();
        StringBuilder current = new StringBuilder();
        StringBuilder summary = current;
        boolean inBlock = false;
        for (String line : markdown.split("\n", -1)) {
            inBlock ^= line.startsWith("```");
            if (!inBlock && line.startsWith("# ")) {
                title = line.substring(2).strip();
            } else if (!inBlock && line.startsWith("## ")) {
                current = new StringBuilder();
                texts.put(line.substring(3).strip(), current);
            } else {
                current.append(line).append('\n');
            }
        }
        Map<String, String> sections = new LinkedHashMap<>();
        texts.forEach((heading, text) -> sections.put(heading, text.toString().strip()));
        return new RulePage(markdown, title, summary.toString().strip(), sections);
    }

    /** The first paragraph of a section, on one line; empty when there is no such section. */
    public String firstParagraph(String heading) {
        List<String> lines = new ArrayList<>();
        for (String line : sections.getOrDefault(heading, "").split("\n", -1)) {
            if (line.isBlank()) {
                break;
            }
            lines.add(line.strip());
        }
        return String.join(" ", lines);
    }
}
