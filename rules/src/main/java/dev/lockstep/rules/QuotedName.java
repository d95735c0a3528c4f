package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.NewNames;
import dev.lockstep.sql.NameRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name that has to be quoted for ever. */
final class QuotedName implements StatementRule {

    private static final Cause UPPER_CASE = new Cause(
            "upper-case",
            Severity.NOTE,
            Hazard.NONE,
            "{0} has capital letters: without quotes PostgreSQL looks for it in lower case and does not" + " find it.",
            "Use lower case and underscores.");

    private static final Cause RESERVED = new Cause(
            "reserved",
            Severity.WARNING,
            Hazard.NONE,
            "{0} is a word of SQL: without quotes it is a syntax error, or something else.",
            "Choose another name.");

    private static final Cause CHARACTERS = new Cause(
            "characters",
            Severity.NOTE,
            Hazard.NONE,
            "{0} has characters that a name may have only in quotes.",
            "Use letters, digits and underscores.");

    private static final Cause SYSTEM_PREFIX = new Cause(
            "system-prefix",
            Severity.NOTE,
            Hazard.NONE,
            "{0} starts like PostgreSQL's own objects.",
            "Choose a name that does not start with pg_.");

    private static final Pattern PLAIN = Pattern.compile("[\\p{Ll}\\p{Lo}_][\\p{Ll}\\p{Lo}\\d_$]*");

    private static final RuleInfo INFO = new RuleInfo(
            "quoted-name",
            "A new name has to be quoted wherever it is used, or looks like PostgreSQL's own",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of(
                    "pg-migration-lint:PGM509",
                    "pgrubic:NM010",
                    "pgrubic:NM011",
                    "pgrubic:NM012",
                    "pgrubic:NM013",
                    "pgrubic:NM014"),
            List.of(UPPER_CASE, RESERVED, CHARACTERS, SYSTEM_PREFIX),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewNames.NewName name : NewNames.of(context.statement())) {
            cause(name.name()).ifPresent(cause -> report.report(Hit.at(name.span(), cause, name.name())));
        }
    }

    private static Optional<Cause> cause(String name) {
        if (NameRules.isReserved(name)) {
            return Optional.of(RESERVED);
        }
        if (name.startsWith("pg_")) {
            return Optional.of(SYSTEM_PREFIX);
        }
        if (PLAIN.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(PLAIN.matcher(name.toLowerCase(Locale.ROOT)).matches() ? UPPER_CASE : CHARACTERS);
    }
}
