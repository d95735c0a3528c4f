package dev.lockstep.engine;

import dev.lockstep.parse.BodyComments;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.Suppression;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The comments of a file that silence rules, and which of them have. */
final class Suppressions {

    private final SourceText source;
    private final List<Statement> statements;
    private final List<Suppression> all;
    private final IdentityHashMap<Suppression, Boolean> used = new IdentityHashMap<>();

    Suppressions(ParsedScript script, RuleNames names, LocalDate today) {
        this.source = script.source();
        this.statements = script.statements();
        // Most files have none: nothing is read twice for them.
        this.all = SuppressionComments.mayHaveAny(source.content())
                ? Stream.concat(script.comments().stream(), BodyComments.of(script).stream())
                        .flatMap(comment -> SuppressionComments.read(comment, names, today).stream())
                        .toList()
                : List.of();
    }

    List<Suppression> all() {
        return all;
    }

    void use(Suppression suppression) {
        used.put(suppression, true);
    }

    boolean isUsed(Suppression suppression) {
        return used.containsKey(suppression);
    }

    /** The comment that silences a finding of the rule there. */
    Optional<Suppression> of(String rule, Span finding) {
        return all.stream()
                .filter(Suppression::isActive)
                .filter(suppression -> suppression.rules().contains(rule))
                .filter(suppression -> suppression.wholeFile() || covers(suppression.span(), finding))
                .findFirst();
    }

    /**
     * A comment inside a statement speaks of what starts on its line, or else on the next line that holds more than comments; one before a
     * statement, or on its last line, of the whole statement.
     */
    private boolean covers(Span comment, Span finding) {
        int line = line(finding.start());
        if (line == line(comment.start())) {
            return true;
        }
        Optional<Statement> around = statements.stream()
                .filter(statement -> statement.span().contains(comment))
                .findFirst();
        if (around.isPresent()) {
            return around.get().span().contains(finding) && line == lineAfter(comment);
        }
        return statements.stream()
                .filter(statement -> statement.span().contains(finding))
                .anyMatch(statement -> speaksOf(comment, statement.span()));
    }

    private boolean speaksOf(Span comment, Span statement) {
        return comment.end() <= statement.start()
                ? line(statement.start()) == lineAfter(comment) && !endsSomething(comment)
                : line(statement.end()) == line(comment.start());
    }

    /** Whether it stands behind a statement on its line, and so speaks of that one. */
    private boolean endsSomething(Span comment) {
        return statements.stream()
                .anyMatch(statement -> statement.span().end() <= comment.start()
                        && line(statement.span().end()) == line(comment.start()));
    }

    /** The line of the first character behind the comment that is neither space nor in a further comment. */
    private int lineAfter(Span comment) {
        String content = source.content();
        int at = comment.end();
        while (at < content.length()) {
            if (Character.isWhitespace(content.charAt(at))) {
                at++;
            } else if (content.startsWith("--", at)) {
                int end = content.indexOf('\n', at);
                at = end < 0 ? content.length() : end;
            } else if (content.startsWith("/*", at)) {
                int end = content.indexOf("*/", at);
                at = end < 0 ? content.length() : end + 2;
            } else {
                break;
            }
        }
        return line(Math.min(at, content.length()));
    }

    private int line(int offset) {
        return source.position(offset).line();
    }

    /** What is silenced, with why. */
    record Silenced(Suppression suppression, Suppressions file) {

        void use() {
            file.use(suppression);
        }
    }

    Optional<Silenced> silences(String rule, Span finding) {
        return of(rule, finding).map(suppression -> new Silenced(suppression, this));
    }
}
