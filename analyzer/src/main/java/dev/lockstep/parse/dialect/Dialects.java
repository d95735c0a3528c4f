package dev.lockstep.parse.dialect;

import java.util.Optional;

/** Tells what a statement that PostgreSQL refuses is elsewhere. */
public final class Dialects {

    /** A longer statement is told by its marks alone: JSqlParser takes seconds over some texts. */
    private static final int LONGEST_PARSED = 1_000;

    /** It tries every way to read each pair of them. */
    private static final int MOST_PARENTHESES = 10;

    private Dialects() {}

    /** The construct of another database that the statement has; absent where nothing tells. */
    public static Optional<ForeignSyntax> of(String statement) {
        Optional<ForeignSyntax> marked = Signatures.of(Words.of(statement));
        if (!isParsedQuickly(statement)) {
            return marked;
        }
        return marked.map(syntax -> OtherParser.withForm(syntax, statement))
                .or(() -> OtherParser.understands(statement)
                        ? Optional.of(new ForeignSyntax(
                                "another database", "this form of the statement", "Look up PostgreSQL's form of it"))
                        : Optional.empty());
    }

    private static boolean isParsedQuickly(String statement) {
        return statement.length() <= LONGEST_PARSED
                && statement.chars().filter(c -> c == '(').count() <= MOST_PARENTHESES;
    }
}
