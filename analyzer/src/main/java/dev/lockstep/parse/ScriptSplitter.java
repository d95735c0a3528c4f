package dev.lockstep.parse;

import dev.lockstep.parse.ScriptPiece.Kind;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Splits a script where psql would: at semicolons outside quotes, BEGIN ATOMIC bodies and the parenthesised list of CREATE RULE. Unlike psql
 * it also splits inside any other parenthesis, where no statement can hold a semicolon: an unclosed one must not swallow the statements that
 * follow. Meta-commands and COPY data are pieces of their own.
 */
final class ScriptSplitter {

    private final String text;
    private final List<Token> comments = new ArrayList<>();
    private boolean copyDataFollows;

    ScriptSplitter(String text) {
        this.text = text;
    }

    /** Every comment met so far, in order. */
    List<Token> comments() {
        return comments;
    }

    /** Reading goes on at {@code offset}, before what was read last. */
    void resumeAt(int offset) {
        copyDataFollows = false;
        while (!comments.isEmpty() && comments.get(comments.size() - 1).start() >= offset) {
            comments.remove(comments.size() - 1);
        }
    }

    /** The first piece that starts at or after {@code from}, or empty when only comments and blanks are left. */
    Optional<ScriptPiece> next(int from) {
        if (copyDataFollows) {
            copyDataFollows = false;
            Optional<CopyData> data = CopyData.after(text, from);
            if (data.isPresent()) {
                return Optional.of(copyData(data.get(), from));
            }
        }
        Lexer lexer = new Lexer(text, from);
        List<Token> tokens = new ArrayList<>();
        BodyDepth body = new BodyDepth(text);
        int depth = 0;
        OptionalInt invalid = OptionalInt.empty();
        OptionalInt innerSemicolon = OptionalInt.empty();
        while (true) {
            Token token = lexer.next();
            switch (token.kind()) {
                case COMMENT:
                    comments.add(token);
                    continue;
                case END:
                    if (tokens.isEmpty()) {
                        return Optional.empty();
                    }
                    boolean swallowed = innerSemicolon.isPresent() && (body.inside() || depth > 0);
                    return Optional.of(
                            statement(tokens, token.end(), swallowed ? innerSemicolon : invalid, innerSemicolon));
                case PSQL_COMMAND:
                    if (text.startsWith("\\;", token.start())) {
                        lexer.moveTo(token.start() + 2);
                        if (tokens.isEmpty()) {
                            continue;
                        }
                        return Optional.of(statement(tokens, token.start() + 2, invalid, innerSemicolon));
                    }
                    if (tokens.isEmpty()) {
                        return Optional.of(new ScriptPiece(
                                Kind.PSQL_COMMAND,
                                token.span(),
                                token.end(),
                                List.of(token),
                                OptionalInt.empty(),
                                OptionalInt.empty()));
                    }
                    // A meta-command ends the statement before it: \g and \gexec run it, the others stand on a line of
                    // their own.
                    return Optional.of(statement(tokens, token.start(), invalid, innerSemicolon));
                case SEMICOLON:
                    if (body.inside() || (depth > 0 && creates(text, "rule", tokens))) {
                        if (innerSemicolon.isEmpty()) {
                            innerSemicolon = OptionalInt.of(token.end());
                        }
                        tokens.add(token);
                        continue;
                    }
                    if (tokens.isEmpty()) {
                        continue;
                    }
                    copyDataFollows = isCopyFromStdin(tokens);
                    return Optional.of(statement(tokens, token.end(), invalid, innerSemicolon));
                case OPEN:
                    depth += text.charAt(token.start()) == '(' ? 1 : 0;
                    break;
                case CLOSE:
                    depth = Math.max(0, depth - (text.charAt(token.start()) == ')' ? 1 : 0));
                    break;
                case INVALID:
                    if (invalid.isEmpty()) {
                        invalid = OptionalInt.of(token.start());
                    }
                    break;
                default:
                    body.see(token, tokens);
                    break;
            }
            tokens.add(token);
        }
    }

    private static ScriptPiece statement(List<Token> tokens, int end, OptionalInt invalid, OptionalInt innerSemicolon) {
        Span span =
                new Span(tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
        return new ScriptPiece(Kind.STATEMENT, span, end, List.copyOf(tokens), invalid, innerSemicolon);
    }

    private ScriptPiece copyData(CopyData data, int from) {
        Token rest = new Lexer(text, from).next();
        if (rest.start() < data.lines().start()) {
            comments.add(rest);
        }
        return new ScriptPiece(
                Kind.COPY_DATA,
                new Span(data.lines().start(), data.end()),
                data.end(),
                List.of(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private boolean isCopyFromStdin(List<Token> tokens) {
        if (!tokens.get(0).isWord(text, "copy")) {
            return false;
        }
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isWord(text, "from") && tokens.get(i + 1).isWord(text, "stdin")) {
                return true;
            }
        }
        return false;
    }

    /** Tracks BEGIN ATOMIC … END in CREATE FUNCTION and PROCEDURE, where psql does not end the statement at a semicolon. */
    private static final class BodyDepth {

        private final String text;
        private int depth;

        BodyDepth(String text) {
            this.text = text;
        }

        boolean inside() {
            return depth > 0;
        }

        void see(Token token, List<Token> before) {
            if (token.kind() != Token.Kind.WORD) {
                return;
            }
            if (depth == 0) {
                if (token.isWord(text, "atomic")
                        && !before.isEmpty()
                        && before.get(before.size() - 1).isWord(text, "begin")
                        && (creates(text, "function", before) || creates(text, "procedure", before))) {
                    depth = 1;
                }
            } else if (token.isWord(text, "case") || token.isWord(text, "begin")) {
                depth++;
            } else if (token.isWord(text, "end")) {
                depth--;
            }
        }
    }

    /** Whether the statement is CREATE [OR REPLACE] {@code kind}. */
    private static boolean creates(String text, String kind, List<Token> tokens) {
        int next = tokens.size() > 2
                        && tokens.get(1).isWord(text, "or")
                        && tokens.get(2).isWord(text, "replace")
                ? 3
                : 1;
        return next < tokens.size()
                && tokens.get(0).isWord(text, "create")
                && tokens.get(next).isWord(text, kind);
    }
}
