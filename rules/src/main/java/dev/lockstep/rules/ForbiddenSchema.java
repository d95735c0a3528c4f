package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
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
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;

/** Something new in a schema that is not for it. */
final class ForbiddenSchema implements StatementRule {

    private static final Cause SCHEMA = new Cause(
            "schema",
            Severity.WARNING,
            Hazard.NONE,
            "{0} is made in the schema {1}, where nothing is to be made.",
            "Make it in another schema.");

    private static final RuleOption<List<String>> SCHEMAS =
            RuleOption.words("forbidden-schema", "schemas", List.of(), "The schemas where nothing is to be made");

    private static final RuleInfo INFO = new RuleInfo(
            "forbidden-schema",
            "Something is made in a schema where the team wants nothing new",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("pgrubic:SM002"),
            List.of(SCHEMA),
            List.of(SCHEMAS));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> forbidden = context.option(SCHEMAS);
        Catalog catalog = context.before();
        if (context.statement() instanceof Statement.CreateTable create) {
            check(catalog.created(create.table(), create.persistence()), create.head(), forbidden, report);
        } else if (context.statement() instanceof Statement.CreateTableAs create) {
            check(catalog.created(create.table(), create.persistence()), create.head(), forbidden, report);
        } else if (context.statement() instanceof Statement.CreateView create) {
            check(catalog.created(create.view(), create.persistence()), create.head(), forbidden, report);
        } else if (context.statement() instanceof ObjectStatement.CreateSequence create) {
            check(catalog.created(create.sequence(), create.persistence()), create.span(), forbidden, report);
        } else if (context.statement() instanceof RoutineStatement.CreateFunction create) {
            check(catalog.created(create.function()), create.span(), forbidden, report);
        }
    }

    private static void check(QualifiedName made, Span span, List<String> forbidden, Reporter report) {
        if (forbidden.contains(made.schema())) {
            report.report(Hit.at(span, SCHEMA, made.name(), made.schema()));
        }
    }
}
