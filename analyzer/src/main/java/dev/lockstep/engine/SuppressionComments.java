package dev.lockstep.engine;

import dev.lockstep.parse.Comment;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.Suppression;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads comments that silence rules: Lockstep's own, and those of other linters. */
final class SuppressionComments {

    private static final String NAMES = "([\\w.:/-]+(?:\\s*,\\s*[\\w.:/-]+)*)";

    private static final Pattern OWN =
            Pattern.compile("(?is)lockstep:ignore(-file)?(?:\\s+" + NAMES + ")?(?:\\s+until=(\\S+))?(?:\\s+(.*))?");

    /**
     * What another linter writes.
     *
     * @param tools what its names begin with in the aliases of rules
     * @param pattern its first group marks a comment on the whole file, its second the names
     */
    private record Foreign(List<String> tools, Pattern pattern) {}

    private static final List<Foreign> FOREIGN = List.of(
            foreign("squawk-ignore(-file)?:?\\s+" + NAMES + ".*", "squawk"),
            foreign("pgfence-ignore(-file)?:?\\s+" + NAMES + ".*", "pgfence"),
            foreign("pgls-ignore(-all)?\\s+([\\w/-]+).*", "pgls", "postgres-language-server"),
            foreign("eugene:\\s*ignore(-file)?\\s+" + NAMES + ".*", "eugene"),
            foreign("atlas:nolint(-file)?\\s+([\\w-]+(?:\\s+[\\w-]+)*)", "atlas"),
            foreign("pgsafe:ignore(-file)?\\s+" + NAMES + ".*", "pgsafe"),
            foreign("migrationpilot-disable(?:-next-line|-line)?(-file)?\\s+" + NAMES + ".*", "migrationpilot"),
            foreign("pgm-lint:suppress(-file)?\\s+" + NAMES + ".*", "pg-migration-lint"));

    private static final List<String> WORDS =
            List.of("lockstep:ignore", "-ignore", "eugene:", "nolint", "pgsafe:", "-disable", "pgm-lint:");

    private SuppressionComments() {}

    private static Foreign foreign(String pattern, String... tools) {
        return new Foreign(List.of(tools), Pattern.compile("(?is)" + pattern));
    }

    /** A quick look: whether a text is worth reading. */
    static boolean mayHaveAny(String text) {
        return WORDS.stream().anyMatch(text::contains);
    }

    static Optional<Suppression> read(Comment comment, RuleNames names, LocalDate today) {
        Matcher own = OWN.matcher(comment.body());
        if (own.matches()) {
            return Optional.of(own(comment, own, names, today));
        }
        for (Foreign foreign : FOREIGN) {
            Matcher matcher = foreign.pattern().matcher(comment.body());
            if (matcher.matches()) {
                return foreign(comment, matcher, foreign.tools(), names);
            }
        }
        return Optional.empty();
    }

    private static Suppression own(Comment comment, Matcher matcher, RuleNames names, LocalDate today) {
        List<String> rules = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : split(text(matcher, 2))) {
            names.id(name).ifPresentOrElse(rules::add, () -> unknown.add(name));
        }
        String until = text(matcher, 3);
        return new Suppression(
                rules,
                unknown,
                text(matcher, 4).strip(),
                until,
                !until.isEmpty() && isOver(until, today),
                matcher.group(1) != null,
                true,
                comment.span());
    }

    private static Optional<Suppression> foreign(
            Comment comment, Matcher matcher, List<String> tools, RuleNames names) {
        List<String> rules = new ArrayList<>();
        for (String name : split(matcher.group(2))) {
            String last = name.substring(name.lastIndexOf('/') + 1);
            tools.stream()
                    .flatMap(tool -> names.id(tool, last).stream())
                    .findFirst()
                    .or(() -> names.id(last))
                    .ifPresent(rules::add);
        }
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(new Suppression(
                        rules, List.of(), "", "", false, matcher.group(1) != null, false, comment.span()));
    }

    private static List<String> split(String names) {
        return names.isBlank() ? List.of() : List.of(names.strip().split("\\s*,\\s*|\\s+"));
    }

    private static String text(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static boolean isOver(String until, LocalDate today) {
        try {
            return LocalDate.parse(until).isBefore(today);
        } catch (DateTimeException noDate) {
            return true;
        }
    }
}
