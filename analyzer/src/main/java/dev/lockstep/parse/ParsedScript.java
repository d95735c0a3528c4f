package dev.lockstep.parse;

import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import java.util.List;

/** All that could be read from a script, in order of appearance. */
public record ParsedScript(
        SourceText source,
        List<Statement> statements,
        List<SyntaxProblem> problems,
        List<NotUnderstood> notUnderstood,
        List<Comment> comments,
        List<Placeholder> placeholders) {

    public ParsedScript {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
        notUnderstood = List.copyOf(notUnderstood);
        comments = List.copyOf(comments);
        placeholders = List.copyOf(placeholders);
    }
}
