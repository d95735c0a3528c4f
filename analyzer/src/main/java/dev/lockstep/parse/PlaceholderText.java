package dev.lockstep.parse;

import dev.lockstep.parse.PlaceholderForm.Found;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A script as the parser is to see it: same length, same offsets, but each placeholder outside quotes is an identifier, or a string where it
 * says so; and the stand-ins' way back.
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

    /** Replaces the placeholders in a token. */
    public void see(Token token) {
        boolean found = false;
        for (int at = token.start(); at < token.end(); ) {
            Optional<Found> placeholder = at == token.start() || token.is(Token.Kind.WORD)
                    ? PlaceholderForm.at(content, at).filter(one -> one.end() <= token.end())
                    : Optional.empty();
            placeholder.ifPresent(this::replace);
            found = found || placeholder.isPresent();
            at = placeholder.map(Found::end).orElse(at + 1);
        }
        if (found) {
            written.put(name(token), content.substring(token.start(), token.end()));
        }
    }

    private void replace(Found found) {
        placeholders.add(new Placeholder(found.name(), new Span(found.start(), found.end())));
        switch (found.form()) {
            case PSQL_STRING -> quote(found, '\'');
            case PSQL_IDENTIFIER -> quote(found, '"');
            default -> {
                characters[found.start()] = 'p';
                for (int i = found.start() + 1; i < found.end(); i++) {
                    characters[i] = isPlain(characters[i]) ? Character.toLowerCase(characters[i]) : '_';
                }
            }
        }
        changedEnd = Math.max(changedEnd, found.end());
    }

    /** The colon makes room for the letter that stand-ins start with. */
    private void quote(Found found, char quote) {
        characters[found.start()] = quote;
        characters[found.start() + 1] = 'p';
    }

    /** What the parser calls the token. */
    private String name(Token token) {
        boolean quoted = token.is(Token.Kind.QUOTED_IDENTIFIER);
        return quoted
                ? new String(characters, token.start() + 1, token.end() - token.start() - 2)
                : new String(characters, token.start(), token.end() - token.start()).toLowerCase(Locale.ROOT);
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

    /** The first placeholder in a range, as it is written. */
    Optional<String> firstIn(Span range) {
        return placeholders.stream()
                .map(Placeholder::span)
                .filter(range::contains)
                .findFirst()
                .map(span -> content.substring(span.start(), span.end()));
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
