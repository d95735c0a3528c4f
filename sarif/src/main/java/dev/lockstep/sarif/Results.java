package dev.lockstep.sarif;

import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.PartialFingerprints;
import com.contrastsecurity.sarif.Result;
import dev.lockstep.finding.Finding;
import dev.lockstep.finding.Related;
import dev.lockstep.text.SourceText;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Findings as results. */
final class Results {

    private final RuleDescriptors rules;
    private final Locations locations;
    private final Map<SourceText, LineHashes> lineHashes = new HashMap<>();

    Results(RuleDescriptors rules, Locations locations) {
        this.rules = rules;
        this.locations = locations;
    }

    List<Result> of(List<Finding> findings) {
        return findings.stream().map(this::of).toList();
    }

    private Result of(Finding finding) {
        Result result = new Result()
                .withRuleId(finding.rule())
                .withRuleIndex(rules.index(finding.rule()))
                .withLevel(Result.Level.fromValue(finding.severity().label()))
                .withMessage(new Message().withText(text(finding)))
                .withLocations(List.of(locations.of(finding.source(), finding.span())))
                .withPartialFingerprints(fingerprints(finding));
        if (!finding.related().isEmpty()) {
            result.setRelatedLocations(related(finding.related()));
        }
        return result;
    }

    private static String text(Finding finding) {
        StringBuilder text = new StringBuilder(Prose.sentences(finding.message(), finding.advice()));
        for (int i = 0; i < finding.related().size(); i++) {
            text.append(i == 0 ? " See " : ", ")
                    .append('[')
                    .append(finding.related().get(i).message().replaceAll("[\\[\\]\\\\]", "\\\\$0"))
                    .append("](")
                    .append(i + 1)
                    .append(')');
        }
        return Prose.sentence(text.toString());
    }

    private Set<Location> related(List<Related> places) {
        Set<Location> related = new LinkedHashSet<>();
        for (Related place : places) {
            related.add(locations
                    .of(place.source(), place.span())
                    .withId(related.size() + 1)
                    .withMessage(new Message().withText(Prose.sentence(place.message()))));
        }
        return related;
    }

    private PartialFingerprints fingerprints(Finding finding) {
        return new PartialFingerprints()
                .withAdditionalProperty("lockstepFinding/v1", finding.fingerprint())
                .withAdditionalProperty(
                        "primaryLocationLineHash",
                        lineHashes
                                .computeIfAbsent(finding.source(), source -> new LineHashes(source.content()))
                                .of(finding.start().line()));
    }
}
