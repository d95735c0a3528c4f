package dev.lockstep.parse.dialect;

import dev.lockstep.parse.Lexer;
import dev.lockstep.parse.Token;
import dev.lockstep.parse.Token.Kind;
import java.util.Locale;
import java.util.StringJoiner;

/** A statement as signatures read it: its tokens in capital letters with one space between, without comments, strings as {@code 'S'}. */
final class Words {

    /** Marks stand at the start and at the end; what lies between in a longer statement is data. */
    private static final int LONGEST = 4_000;

    private Words() {}

    static String of(String statement) {
        String text = statement.length() > LONGEST ? statement.substring(0, LONGEST) : statement;
        StringJoiner words = new StringJoiner(" ");
        Lexer lexer = new Lexer(text, 0);
        for (Token token = lexer.next(); !token.is(Kind.END); token = lexer.next()) {
            if (token.is(Kind.STRING)) {
                words.add("'S'");
            } else if (!token.is(Kind.COMMENT) && !token.is(Kind.SEMICOLON)) {
                words.add(text.substring(token.start(), token.end()).toUpperCase(Locale.ROOT));
            }
        }
        return words.toString();
    }
}
