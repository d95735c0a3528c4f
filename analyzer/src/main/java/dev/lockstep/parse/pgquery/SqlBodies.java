package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.RoutineStatement.Body;
import java.util.Collection;
import java.util.List;

/** Parses the bodies of functions and blocks. */
interface SqlBodies {

    /** The statements of an SQL function's body; none when PostgreSQL refuses it. */
    List<TreeNode> parse(String text);

    /**
     * What a body says.
     *
     * @param statement the statement it stands in
     * @param first the first token of the body: its literal, or the first after BEGIN ATOMIC
     * @param last the last token; the same for a literal
     * @param parameters the names of the function's parameters
     */
    Body read(TokenIndex statement, int first, int last, String source, String language, Collection<String> parameters);
}
