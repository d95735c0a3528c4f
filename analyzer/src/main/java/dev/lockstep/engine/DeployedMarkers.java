package dev.lockstep.engine;

import dev.lockstep.parse.Comment;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.rule.DeployedMarker;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code -- lockstep:deployed} comments of a file: each speaks of the statement it stands in, on the line of, or before. */
final class DeployedMarkers {

    private static final String PREFIX = "lockstep:deployed";

    private final SourceText source;
    private final List<DeployedMarker> markers;

    DeployedMarkers(ParsedScript script) {
        this.source = script.source();
        this.markers = script.comments().stream()
                .map(DeployedMarkers::marker)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<DeployedMarker> marker(Comment comment) {
        String body = comment.body();
        if (!body.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = body.substring(PREFIX.length());
        return rest.isEmpty() || Character.isWhitespace(rest.charAt(0))
                ? Optional.of(new DeployedMarker(rest.strip(), comment.span()))
                : Optional.empty();
    }

    List<DeployedMarker> all() {
        return markers;
    }

    /** Whether a marker with a reason speaks of the statement at {@code span}, which follows one that ended at {@code previousEnd}. */
    boolean speaksOf(Span span, int previousEnd) {
        return markers.stream()
                .filter(marker -> !marker.reason().isEmpty())
                .anyMatch(marker -> isBefore(marker.span(), span, previousEnd)
                        || span.contains(marker.span())
                        || isOnLastLine(marker.span(), span));
    }

    private boolean isBefore(Span marker, Span span, int previousEnd) {
        return marker.start() >= previousEnd
                && marker.end() <= span.start()
                && (previousEnd == 0
                        || line(marker.start()) > line(previousEnd)
                        || line(marker.start()) == line(span.start()));
    }

    private boolean isOnLastLine(Span marker, Span span) {
        return marker.start() >= span.end() && line(marker.start()) == line(span.end());
    }

    private int line(int offset) {
        return source.position(offset).line();
    }
}
