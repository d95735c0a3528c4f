package dev.lockstep.parse;

import dev.lockstep.parse.Token.Kind;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comments inside bodies between dollar quotes, which are parts of strings to the script around them. */
public final class BodyComments {

    private BodyComments() {}

    /** Those of all DO blocks, functions and procedures of a script, in order of appearance. */
    public static List<Comment> of(ParsedScript script) {
        List<Comment> comments = new ArrayList<>();
        for (Statement statement : script.statements()) {
            body(statement).ifPresent(body -> add(script.source(), body.span(), comments));
        }
        return comments;
    }

    private static Optional<RoutineStatement.Body> body(Statement statement) {
        if (statement instanceof RoutineStatement.DoBlock block) {
            return Optional.of(block.body());
        }
        return statement instanceof RoutineStatement.CreateFunction create ? create.body() : Optional.empty();
    }

    private static void add(SourceText source, Span literal, List<Comment> comments) {
        String text = source.text(literal);
        int tag = text.startsWith("$") ? text.indexOf('$', 1) + 1 : 0;
        if (tag == 0 || text.length() < 2 * tag) {
            return;
        }
        String body = text.substring(tag, text.length() - tag);
        Lexer lexer = new Lexer(body, 0);
        int from = literal.start() + tag;
        for (Token token = lexer.next(); !token.is(Kind.END); token = lexer.next()) {
            if (token.is(Kind.COMMENT)) {
                comments.add(Comment.of(
                        body.substring(token.start(), token.end()),
                        new Span(from + token.start(), from + token.end())));
            }
        }
    }
}
