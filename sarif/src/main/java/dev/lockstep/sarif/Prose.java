package dev.lockstep.sarif;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text for readers, made from messages and Markdown pages. */
final class Prose {

    private static final Pattern ENDED = Pattern.compile("[.!?:…]$");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");
    private static final Pattern MARKS = Pattern.compile("`|\\*\\*");
    private static final Pattern HEADING = Pattern.compile("^#+ +");
    private static final Pattern LAST_SENTENCE_END = Pattern.compile("^.*[.!?](?= )", Pattern.DOTALL);

    private Prose() {}

    /** With a full stop, if nothing ends it yet. */
    static String sentence(String text) {
        return text.isEmpty() || ENDED.matcher(text).find() ? text : text + ".";
    }

    /** One text after the other; the second may be empty. */
    static String sentences(String first, String second) {
        return second.isEmpty() ? sentence(first) : sentence(first) + " " + sentence(second);
    }

    /** Markdown without its marks; code blocks become indented. */
    static String plain(String markdown) {
        List<String> lines = new ArrayList<>();
        boolean inBlock = false;
        for (String line : markdown.strip().split("\n", -1)) {
            if (line.startsWith("```")) {
                inBlock = !inBlock;
            } else {
                lines.add(inBlock ? ("    " + line).stripTrailing() : plainLine(line));
            }
        }
        return String.join("\n", lines);
    }

    private static String plainLine(String line) {
        String withoutHeading = HEADING.matcher(line).replaceFirst("");
        String withoutLinks = LINK.matcher(withoutHeading).replaceAll("$1");
        return MARKS.matcher(withoutLinks).replaceAll("");
    }

    /** At most so many characters: whole sentences if the first fits, else cut with an ellipsis. */
    static String atMost(int characters, String text) {
        if (text.length() <= characters) {
            return text;
        }
        var whole = LAST_SENTENCE_END.matcher(text.substring(0, characters + 1));
        return whole.find() ? whole.group() : text.substring(0, characters - 1) + "…";
    }

    /** Of words joined by hyphens. */
    static String pascalCase(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split("-", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.toString();
    }
}
