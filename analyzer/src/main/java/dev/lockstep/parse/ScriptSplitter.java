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
        return new Reading(from).piece();
    }

    /** One piece being read. */
    private final class Reading {

        private final Lexer lexer;
        private final List<Token> tokens = new ArrayList<>();
        private final BodyDepth body = new BodyDepth(text);
        private int depth;
        private OptionalInt invalid = OptionalInt.empty();
        private OptionalInt innerSemicolon = OptionalInt.empty();

        Reading(int from) {
            this.lexer = new Lexer(text, from);
        }

        Optional<ScriptPiece> piece() {
            while (true) {
                Token token = lexer.next();
                Optional<ScriptPiece> ended = see(token);
                if (ended.isPresent() || token.is(Token.Kind.END)) {
                    return ended;
                }
            }
        }

        private Optional<ScriptPiece> see(Token token) {
            return switch (token.kind()) {
                case COMMENT -> {
                    comments.add(token);
                    yield Optional.empty();
                }
                case END -> end(token);
                case PSQL_COMMAND -> psqlCommand(token);
                case SEMICOLON -> semicolon(token);
                default -> {
                    add(token);
                    yield Optional.empty();
                }
            };
        }

        private Optional<ScriptPiece> end(Token token) {
            if (innerSemicolon.isPresent() && (body.inside() || depth > 0)) {
                invalid = innerSemicolon;
            }
            return tokens.isEmpty() ? Optional.empty() : Optional.of(statement(token.end()));
        }

        /** {@code \;} sends a statement; \g and its like end the one before them, the other commands stand on a line of their own. */
        private Optional<ScriptPiece> psqlCommand(Token token) {
            boolean separator = text.startsWith("\\;", token.start());
            if (separator) {
                lexer.moveTo(token.start() + 2);
            }
            if (!tokens.isEmpty()) {
                return Optional.of(statement(separator ? token.start() + 2 : token.start()));
            }
            return separator
                    ? Optional.empty()
                    : Optional.of(new ScriptPiece(
                            Kind.PSQL_COMMAND,
                            token.span(),
                            token.end(),
                            List.of(token),
                            OptionalInt.empty(),
                            OptionalInt.empty()));
        }

        private Optional<ScriptPiece> semicolon(Token token) {
            if (body.inside() || (depth > 0 && creates(text, "rule", tokens))) {
                if (innerSemicolon.isEmpty()) {
                    innerSemicolon = OptionalInt.of(token.end());
                }
                tokens.add(token);
                return Optional.empty();
            }
            if (tokens.isEmpty()) {
                return Optional.empty();
            }
            copyDataFollows = isCopyFromStdin(tokens);
            return Optional.of(statement(token.end()));
        }

        private void add(Token token) {
            if (token.is(Token.Kind.OPEN)) {
                depth += text.charAt(token.start()) == '(' ? 1 : 0;
            } else if (token.is(Token.Kind.CLOSE)) {
                depth = Math.max(0, depth - (text.charAt(token.start()) == ')' ? 1 : 0));
            } else if (token.is(Token.Kind.INVALID) && invalid.isEmpty()) {
                invalid = OptionalInt.of(token.start());
            }
            body.see(token, tokens);
            tokens.add(token);
        }

        private ScriptPiece statement(int end) {
            Span span = new Span(
                    tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
            return new ScriptPiece(Kind.STATEMENT, span, end, List.copyOf(tokens), invalid, innerSemicolon);
        }
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
