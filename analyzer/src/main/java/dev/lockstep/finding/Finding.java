package dev.lockstep.finding;

import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;

/**
 * What a rule found, judged by the engine.
 *
 * @param rule the rule's id
 * @param cause the key of the rule's cause
 * @param message the cause's message with its arguments filled in; its first sentence says what happens, to what, under which lock
 * @param advice what to do instead; may be empty
 * @param fingerprint the same for the same finding after lines move, text is reformatted or the file renamed
 */
public record Finding(
        String rule,
        String cause,
        Severity severity,
        String message,
        String advice,
        SourceText source,
        Span span,
        List<Related> related,
        String fingerprint) {

    public Finding {
        related = List.copyOf(related);
    }

    public String path() {
        return source.path();
    }

    public Position start() {
        return source.position(span.start());
    }

    /** One past the last character. */
    public Position end() {
        return source.position(span.end());
    }

    /** The same finding at another level, with one more sentence to say why. */
    public Finding weighed(Severity other, String reason) {
        return new Finding(rule, cause, other, message + " " + reason, advice, source, span, related, fingerprint);
    }

    /** The same finding at another level. */
    public Finding withSeverity(Severity other) {
        return new Finding(rule, cause, other, message, advice, source, span, related, fingerprint);
    }
}
