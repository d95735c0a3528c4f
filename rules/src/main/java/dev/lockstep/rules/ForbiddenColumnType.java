package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.NewColumns;
import java.util.List;
import java.util.Locale;

/** A type that the team does not use. */
final class ForbiddenColumnType implements StatementRule {

    private static final Cause TYPE = new Cause(
            "type",
            Severity.WARNING,
            Hazard.NONE,
            "{0}.{1} is {2}, a type not to be used here.",
            "Use one that the team has agreed on.");

    private static final RuleOption<List<String>> TYPES =
            RuleOption.words("forbidden-column-type", "types", List.of(), "The types not to use");

    private static final RuleInfo INFO = new RuleInfo(
            "forbidden-column-type",
            "A column has a type that the team has agreed not to use",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "pgsafe:forbid-column-types",
                    "pgrubic:TP014",
                    "bytebase:column.type-disallow-list",
                    "gitlab:Migration/PreventLargeBlobInDatabase"),
            List.of(TYPE),
            List.of(TYPES));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> forbidden = context.option(TYPES);
        for (NewColumns.NewType given : NewColumns.types(context)) {
            String written = context.text(given.type().span());
            if (forbidden.contains(given.type().name()) || forbidden.contains(base(written))) {
                report.report(Hit.at(given.type().span(), TYPE, given.table().toString(), given.column(), written));
            }
        }
    }

    /** As written, without modifiers and brackets. */
    private static String base(String written) {
        return written.replaceAll("[(\\[].*", "").strip().toLowerCase(Locale.ROOT);
    }
}
