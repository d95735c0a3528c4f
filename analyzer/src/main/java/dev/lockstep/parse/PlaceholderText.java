package dev.lockstep.parse;

import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A script as the parser is to see it: same length, same offsets, but each {@code ${placeholder}} outside quotes is an identifier, and
 * the stand-ins' way back.
 */
public final class PlaceholderText {

    private final String content;
    private final char[] characters;
    private int changedEnd;
    private final List<Placeholder> placeholders = new ArrayList<>();
    private final Map<String, String> written = new HashMap<>();

    public PlaceholderText(String content) {
        this.content = content;
        this.characters = content.toCharArray();
    }

    /** Replaces the placeholders in a word token. */
    public void see(Token token) {
        int at = placeholder(token.start(), token.end());
        if (at < 0) {
            return;
        }
        while (at >= 0) {
            int end = content.indexOf('}', at) + 1;
            placeholders.add(new Placeholder(content.substring(at + 2, end - 1), new Span(at, end)));
            characters[at] = 'p';
            for (int i = at + 1; i < end; i++) {
                characters[i] = isPlain(characters[i]) ? Character.toLowerCase(characters[i]) : '_';
            }
            changedEnd = Math.max(changedEnd, end);
            at = placeholder(end, token.end());
        }
        written.put(
                new String(characters, token.start(), token.end() - token.start()).toLowerCase(Locale.ROOT),
                content.substring(token.start(), token.end()));
    }

    private int placeholder(int from, int to) {
        for (int i = from; i + 1 < to; i++) {
            if (content.charAt(i) == '$' && content.charAt(i + 1) == '{') {
                return i;
            }
        }
        return -1;
    }

    /** What stands at or after {@code offset} will be seen again, and perhaps otherwise. */
    void forgetFrom(int offset) {
        if (offset < changedEnd) {
            content.getChars(offset, changedEnd, characters, offset);
            changedEnd = offset;
        }
        while (!placeholders.isEmpty()
                && placeholders.get(placeholders.size() - 1).span().start() >= offset) {
            placeholders.remove(placeholders.size() - 1);
        }
    }

    void blank(Span span) {
        for (int i = span.start(); i < span.end(); i++) {
            if (characters[i] != '\n' && characters[i] != '\r') {
                characters[i] = ' ';
            }
        }
        changedEnd = Math.max(changedEnd, span.end());
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    List<Placeholder> placeholders() {
        return placeholders;
    }

    /** What the file says where the parser saw {@code name}. */
    public String written(String name) {
        return written.getOrDefault(name, name);
    }

    public String text(Span span) {
        return new String(characters, span.start(), span.length());
    }
}
