package dev.lockstep.parse.pgquery;

import dev.lockstep.parse.RawSqlParser.Places;
import dev.lockstep.parse.Token;
import dev.lockstep.parse.Token.Kind;
import dev.lockstep.sql.NameRules;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The tokens of one statement: the ends of clauses, and the places of names the tree gives no location for. */
final class TokenIndex {

    private static final Set<String> KINDS_OF_SEVERAL_WORDS =
            Set.of("materialized", "foreign", "event", "access", "text", "operator");

    private static final Set<String> INTERVAL_WORDS = Set.of("year", "month", "day", "hour", "minute", "second", "to");

    private static final Set<String> VARYING = Set.of("character", "char", "nchar", "bit");

    private final String text;
    private final List<Token> tokens;
    private final Places places;

    /** Offsets are those in {@code text}; spans are places in the file. */
    TokenIndex(String text, List<Token> tokens, Places places) {
        this.text = text;
        this.tokens = tokens;
        this.places = places;
    }

    Span statement() {
        return span(0, tokens.size() - 1);
    }

    Span span(int firstToken, int lastToken) {
        return places.inFile(
                tokens.get(firstToken).start(), tokens.get(lastToken).end());
    }

    /** The index of the token that holds or follows {@code offset}; the last token for anything beyond. */
    int at(int offset) {
        return find(index -> tokens.get(index).end() > offset);
    }

    /** The index of the token that holds or follows a place in the file. */
    int atPlace(int offset) {
        return find(index -> span(index, index).end() > offset);
    }

    private int find(IntPredicate ends) {
        int low = 0;
        int high = tokens.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends.test(middle)) {
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

    /** From the first token to the end of the last. */
    String text(int firstToken, int lastToken) {
        return text.substring(
                tokens.get(firstToken).start(), tokens.get(lastToken).end());
    }

    Token token(int index) {
        return tokens.get(index);
    }

    String content() {
        return text;
    }

    Places places() {
        return places;
    }

    /** The first token at or after {@code from}, outside parentheses, that is the given word. */
    Optional<Integer> word(String word, int from) {
        for (int i = from; i < tokens.size(); i++) {
            if (isWord(i, word)) {
                return Optional.of(i);
            }
            if (tokens.get(i).is(Kind.OPEN)) {
                i = closing(i);
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
    Span nameAt(int offset) {
        return name(at(offset));
    }

    /** The dotted name that starts at token {@code first}, which lies within the statement. */
    Span name(int first) {
        int start = Math.min(first, tokens.size() - 1);
        return span(start, nameEnd(start));
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

    /** Where the name begins in {@code VERB KIND [CONCURRENTLY] [IF [NOT] EXISTS] name}, with a KIND of up to three words. */
    int objectStart() {
        int next = isWord(1, "unique") ? 2 : 1;
        next += isKindOfTwoWords(next) ? 2 : 1;
        if ((isWord(next - 2, "foreign") && isWord(next - 1, "data")) || isWord(next - 2, "text")) {
            next++;
        }
        next += isWord(next, "concurrently") ? 1 : 0;
        if (isWord(next, "if") && isWord(next + 1, "exists")) {
            return next + 2;
        }
        return isWord(next, "if") && isWord(next + 1, "not") ? next + 3 : next;
    }

    private boolean isKindOfTwoWords(int first) {
        return KINDS_OF_SEVERAL_WORDS.contains(tokenText(first).toLowerCase(Locale.ROOT))
                && !isWord(first + 1, "if")
                && first + 2 < tokens.size()
                && tokens.get(first + 1).is(Kind.WORD);
    }

    /** The last token of the type that starts at {@code first}, with its modifiers, time zone and brackets. */
    int typeEnd(int first) {
        int last = nameEnd(first);
        if (last == first) {
            last = secondTypeWord(first);
        }
        last = parenthesised(last);
        if ((isWord(last + 1, "with") || isWord(last + 1, "without")) && isWord(last + 2, "time")) {
            last += 3;
        }
        if (isWord(last + 1, "array")) {
            last++;
        }
        while (last + 1 < tokens.size() && tokenText(last + 1).equals("[")) {
            last = closing(last + 1);
        }
        return last;
    }

    /** The last of the words of a type such as {@code double precision}, {@code character varying} or {@code interval day to hour}. */
    private int secondTypeWord(int first) {
        if (isWord(first, "interval")) {
            int last = first;
            while (last + 1 < tokens.size()
                    && INTERVAL_WORDS.contains(tokenText(last + 1).toLowerCase(Locale.ROOT))) {
                last++;
            }
            return last;
        }
        int last = first;
        if (isWord(last, "national") && (isWord(last + 1, "character") || isWord(last + 1, "char"))) {
            last++;
        }
        boolean precision = isWord(last, "double") && isWord(last + 1, "precision");
        boolean varying =
                isWord(last + 1, "varying") && VARYING.contains(tokenText(last).toLowerCase(Locale.ROOT));
        return precision || varying ? last + 1 : last;
    }

    /** The end of the parenthesis after {@code token}, or {@code token} when none follows. */
    private int parenthesised(int token) {
        return token + 1 < tokens.size() && tokenText(token + 1).equals("(") ? closing(token + 1) : token;
    }

    /** The token that closes the parenthesis or bracket at {@code open}. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is(Kind.OPEN) ? 1 : tokens.get(i).is(Kind.CLOSE) ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size() - 1;
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
        int first = atPlace(span.start());
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
                ? NameRules.cut(written.substring(1, written.length() - 1).replace("\"\"", "\""), NameRules.LONGEST)
                : NameRules.fold(written);
    }
}
