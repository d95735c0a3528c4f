package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.Token;
import dev.lockstep.parse.Token.Kind;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tokens of one statement: the ends of clauses, and the places of names the tree gives no location for. */
final class TokenIndex {

    private final String text;
    private final List<Token> tokens;

    TokenIndex(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    Span statement() {
        return span(0, tokens.size() - 1);
    }

    Span span(int firstToken, int lastToken) {
        return new Span(tokens.get(firstToken).start(), tokens.get(lastToken).end());
    }

    /** The index of the token that holds or follows {@code offset}; the last token for anything beyond. */
    int at(int offset) {
        int low = 0;
        int high = tokens.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.get(middle).end() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    boolean isWord(int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord(text, word);
    }

    boolean isLiteral(int index) {
        return tokens.get(index).is(Kind.STRING);
    }

    String text(Span span) {
        return text.substring(span.start(), span.end());
    }

    /** The first token at or after {@code from} that is the given word. */
    Optional<Integer> word(String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (isWord(i, word)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The last token of the dotted name that starts at {@code first}. */
    int nameEnd(int first) {
        int last = first;
        while (last + 2 < tokens.size() && isDot(last + 1) && isName(last + 2)) {
            last += 2;
        }
        return last;
    }

    /** The dotted name at an offset. */
    Span name(int offset) {
        int first = at(offset);
        return span(first, nameEnd(first));
    }

    /** The first token at or after {@code from} that reads as the identifier {@code name}. */
    Optional<Integer> identifier(String name, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (isName(i) && identifierAt(i).equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** The last token of the element that starts at {@code first}: before the next comma or closing parenthesis of its level. */
    int elementEnd(int first) {
        int depth = 0;
        for (int i = first; i < tokens.size(); i++) {
            Kind kind = tokens.get(i).kind();
            if (depth == 0 && (kind == Kind.COMMA || kind == Kind.CLOSE)) {
                return Math.max(first, i - 1);
            }
            if (kind == Kind.OPEN) {
                depth++;
            } else if (kind == Kind.CLOSE) {
                depth--;
            }
        }
        return tokens.size() - 1;
    }

    /** The spans of the comma-separated elements from {@code first} on. */
    List<Span> elements(int first) {
        List<Span> spans = new ArrayList<>();
        for (int start = first; start < tokens.size(); ) {
            int end = elementEnd(start);
            spans.add(span(start, end));
            if (end + 1 >= tokens.size() || !tokens.get(end + 1).is(Kind.COMMA)) {
                break;
            }
            start = end + 2;
        }
        return spans;
    }

    /** The index after the dotted name at {@code offset}, closing parentheses and the star that may follow it. */
    int afterRelation(int offset) {
        int next = nameEnd(at(offset)) + 1;
        while (next < tokens.size()
                && (tokens.get(next).is(Kind.CLOSE) || tokenText(next).equals("*"))) {
            next++;
        }
        return next;
    }

    /** From the statement's first token through the dotted name at {@code offset}. */
    Span head(int offset) {
        return span(0, nameEnd(at(offset)));
    }

    /** The first words of a span, in capitals: how to name what the model does not know. */
    String words(Span span, int most) {
        StringBuilder words = new StringBuilder();
        int first = at(span.start());
        for (int i = first; i < Math.min(first + most, tokens.size()); i++) {
            if (tokens.get(i).kind() != Kind.WORD) {
                break;
            }
            words.append(words.isEmpty() ? "" : " ").append(tokenText(i).toUpperCase(Locale.ROOT));
        }
        return words.toString();
    }

    /** From a token to the end of the statement. */
    Span toEnd(int first) {
        return span(first, tokens.size() - 1);
    }

    int size() {
        return tokens.size();
    }

    private boolean isDot(int index) {
        return tokens.get(index).is(Kind.OPERATOR) && tokenText(index).equals(".");
    }

    private boolean isName(int index) {
        Kind kind = tokens.get(index).kind();
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }

    private String tokenText(int index) {
        return text.substring(tokens.get(index).start(), tokens.get(index).end());
    }

    private String identifierAt(int index) {
        String written = tokenText(index);
        return written.startsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }
}
