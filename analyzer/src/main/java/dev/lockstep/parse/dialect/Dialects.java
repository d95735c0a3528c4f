package dev.lockstep.parse.dialect;

import java.util.Optional;

/** Tells what a statement that PostgreSQL refuses is elsewhere. */
public final class Dialects {

    /** A longer statement is told by its marks alone. */
    private static final int LONGEST_PARSED = 20_000;

    private Dialects() {}

    /** The construct of another database that the statement has; absent where nothing tells. */
    public static Optional<ForeignSyntax> of(String statement) {
        Optional<ForeignSyntax> marked = Signatures.of(Words.of(statement));
        if (statement.length() > LONGEST_PARSED) {
            return marked;
        }
        return marked.map(syntax -> OtherParser.withForm(syntax, statement))
                .or(() -> OtherParser.understands(statement)
                        ? Optional.of(new ForeignSyntax(
                                "another database", "this form of the statement", "Look up PostgreSQL's form of it"))
                        : Optional.empty());
    }
}
