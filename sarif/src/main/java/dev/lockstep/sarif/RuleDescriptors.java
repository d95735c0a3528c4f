package dev.lockstep.sarif;

import com.contrastsecurity.sarif.MessageStrings;
import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.ReportingConfiguration;
import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.ReportingDescriptorReference;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Rule;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleInfo.Category;
import dev.lockstep.rule.RulePage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue as SARIF describes it, by rule id. */
final class RuleDescriptors {

    /** GitHub takes no longer description. */
    private static final int LONGEST_DESCRIPTION = 1024;

    private final List<ReportingDescriptor> descriptors = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();

    RuleDescriptors(List<Rule> catalogue) {
        catalogue.stream()
                .sorted(Comparator.comparing(rule -> rule.info().id()))
                .forEach(this::add);
    }

    private void add(Rule rule) {
        String id = rule.info().id();
        if (indexes.put(id, descriptors.size()) != null) {
            throw new IllegalArgumentException("two rules are called " + id);
        }
        descriptors.add(descriptor(rule.info(), RulePage.of(rule)));
    }

    List<ReportingDescriptor> descriptors() {
        return descriptors;
    }

    int index(String rule) {
        return Optional.ofNullable(indexes.get(rule))
                .orElseThrow(() -> new IllegalArgumentException("rule " + rule + " is not in the catalogue"));
    }

    ReportingDescriptorReference reference(String rule) {
        return new ReportingDescriptorReference().withId(rule).withIndex(index(rule));
    }

    private static ReportingDescriptor descriptor(RuleInfo info, RulePage page) {
        return new ReportingDescriptor()
                .withId(info.id())
                .withName(Prose.pascalCase(info.id()))
                .withShortDescription(text(Prose.atMost(LONGEST_DESCRIPTION, Prose.sentence(info.summary()))))
                .withFullDescription(
                        text(Prose.atMost(LONGEST_DESCRIPTION, Prose.plain(page.firstParagraph("What happens")))))
                .withHelp(text(Prose.plain(page.markdown()))
                        .withMarkdown(page.markdown().strip()))
                .withMessageStrings(messageStrings(info.causes()))
                .withDefaultConfiguration(new ReportingConfiguration()
                        .withLevel(ReportingConfiguration.Level.fromValue(
                                info.severity().label())))
                .withProperties(properties(info));
    }

    private static MessageStrings messageStrings(List<Cause> causes) {
        MessageStrings strings = new MessageStrings();
        causes.forEach(cause ->
                strings.setAdditionalProperty(cause.key(), text(Prose.sentences(cause.message(), cause.advice()))));
        return strings;
    }

    private static PropertyBag properties(RuleInfo info) {
        String category = info.category().name().toLowerCase(Locale.ROOT);
        return new PropertyBag()
                .withTags(new LinkedHashSet<>(List.of(category, "migration", "postgresql")))
                .withAdditionalProperty("precision", precision(info.category()))
                .withAdditionalProperty("problem.severity", problemSeverity(info.severity()));
    }

    /** How sure it is that a finding hurts: waiting and stale code depend on what runs beside the migration, the rest on the text alone. */
    private static String precision(Category category) {
        return switch (category) {
            case LOCKING, COMPATIBILITY -> "high";
            case DESIGN -> "medium";
            case FAILURE, HISTORY, ANALYSIS -> "very-high";
        };
    }

    private static String problemSeverity(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "recommendation";
        };
    }

    private static MultiformatMessageString text(String text) {
        return new MultiformatMessageString().withText(text);
    }
}
