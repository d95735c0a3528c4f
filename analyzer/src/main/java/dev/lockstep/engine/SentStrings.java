package dev.lockstep.engine;

import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.text.Span;
import java.util.List;

/** The strings of several statements among those that a tool sends; a statement alone in its string is none. */
public record SentStrings(List<Span> statements, Strings strings) {

    public SentStrings {
        statements = List.copyOf(statements);
    }

    /** Whether a string of several statements starts with the one of this index. */
    public boolean startsWith(int index) {
        return !joined(index) && joined(index + 1);
    }

    /** Whether a string of several statements ends with the one of this index. */
    public boolean endsWith(int index) {
        return joined(index) && !joined(index + 1);
    }

    private boolean joined(int index) {
        return index > 0
                && index < statements.size()
                && strings.together(statements.get(index - 1), statements.get(index));
    }
}
