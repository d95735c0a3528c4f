package dev.lockstep.finding;

import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;

/** Another place that a finding speaks of. */
public record Related(SourceText source, Span span, String message) {

    /** The same, in the file that a derived text came from. */
    public Related atOrigin() {
        Place place = source.origin(span);
        return new Related(place.source(), place.span(), message);
    }
}
