package dev.lockstep.parse;

import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;

/** PostgreSQL's grammar, one run of statements at a time; what {@link ScriptParser} needs of it. */
public interface RawSqlParser {

    /**
     * Parses consecutive statements.
     *
     * @param run text that starts at the UTF-16 offset {@code base} of its source
     * @param statements the tokens of each statement in {@code run}, with offsets into the source {@code content}
     * @return one statement for each list of tokens
     * @throws Refused when PostgreSQL refuses any of them
     */
    List<Statement> parse(Run run);

    /** Consecutive statements of a script. */
    record Run(String content, Span span, String text, List<List<Token>> statements, Names written) {}

    /** Turns the stand-in of a placeholder back into what the file says. */
    interface Names {
        String written(String name);
    }

    /** PostgreSQL's parser refused the run; {@code offset} is where, in the source. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int offset;

        public Refused(String message, int offset) {
            super(message, null, false, false);
            this.offset = offset;
        }

        public int offset() {
            return offset;
        }
    }
}
