package dev.lockstep.parse;

import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;

/** PostgreSQL's grammar, one run of statements at a time; what {@link ScriptParser} needs of it. */
public interface RawSqlParser {

    /**
     * Parses consecutive statements.
     *
     * @return one statement for each list of tokens
     * @throws Refused when PostgreSQL refuses any of them
     */
    List<Statement> parse(Run run);

    /**
     * Consecutive statements of a script.
     *
     * @param content the whole script
     * @param span where the statements stand in it
     * @param text what the parser is to see at {@code span}
     * @param statements the tokens of each statement, with offsets into {@code content}
     * @param places where {@code content} stands in the file
     */
    record Run(String content, Span span, String text, List<List<Token>> statements, Names written, Places places) {}

    /** Where a stretch of the parsed text stands in the file. */
    interface Places {
        /** Of a text that is the file. */
        Places SAME = Span::new;

        Span inFile(int start, int end);
    }

    /** Turns the stand-in of a placeholder back into what the file says. */
    interface Names {
        String written(String name);
    }

    /** PostgreSQL's parser refused the run; {@code offset} is where, in the source. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;
        private final int offset;

        public Refused(String reason, int offset) {
            super(reason, null, false, false);
            this.reason = reason;
            this.offset = offset;
        }

        /** PostgreSQL's own words. */
        public String reason() {
            return reason;
        }

        public int offset() {
            return offset;
        }
    }
}
