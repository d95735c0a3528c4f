package dev.lockstep.sarif;

import com.contrastsecurity.sarif.Exception;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.Notification;
import com.contrastsecurity.sarif.ReportingDescriptorReference;
import dev.lockstep.engine.AnalysisResult;
import dev.lockstep.engine.AnalysisResult.Gap;
import dev.lockstep.engine.AnalysisResult.RuleFailure;
import dev.lockstep.text.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the analysis could not do: stretches it did not understand, and rules that threw. */
final class Notifications {

    private static final String NOT_UNDERSTOOD = "not-understood";
    private static final String RULE_FAILED = "rule-failed";

    private final RuleDescriptors rules;
    private final Locations locations;

    Notifications(RuleDescriptors rules, Locations locations) {
        this.rules = rules;
        this.locations = locations;
    }

    List<Notification> of(AnalysisResult analysis) {
        return Stream.concat(
                        analysis.coverage().gaps().stream().map(this::of),
                        analysis.failures().stream().map(this::of))
                .toList();
    }

    private Notification of(Gap gap) {
        return notification(NOT_UNDERSTOOD, gap.place())
                .withLevel(Notification.Level.WARNING)
                .withMessage(
                        new Message().withText("'" + gap.what() + "' was not understood, so nothing was judged here."));
    }

    private Notification of(RuleFailure failure) {
        RuntimeException thrown = failure.exception();
        return notification(RULE_FAILED, failure.place())
                .withLevel(Notification.Level.ERROR)
                .withAssociatedRule(rules.reference(failure.rule()))
                .withMessage(new Message().withText("Rule '" + failure.rule() + "' failed: '" + thrown + "'."))
                .withException(new Exception()
                        .withKind(thrown.getClass().getName())
                        .withMessage(Optional.ofNullable(thrown.getMessage()).orElse("")));
    }

    private Notification notification(String id, Place place) {
        return new Notification()
                .withDescriptor(new ReportingDescriptorReference().withId(id))
                .withLocations(Set.of(locations.of(place.source(), place.span())));
    }
}
