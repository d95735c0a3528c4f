package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rules.support.ChangeSets;
import dev.lockstep.source.TransactionRule.Strings;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.List;
import java.util.OptionalInt;

/** A statement that the migration tool takes for several, because it doesn't know the quotes in it. */
final class BodyCutInTwo implements MigrationRule {

    private static final Cause CUT = new Cause(
            "cut",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "Liquibase cuts the script in two here, inside a dollar-quoted body, and PostgreSQL refuses the first piece: Liquibase"
                    + " does not know dollar quotes.",
            "Say splitStatements=\"false\", or an endDelimiter that does not occur in the body.");

    private static final Cause CUT_AT_LINE_END = new Cause(
            "cut-by-tool",
            Severity.ERROR,
            Hazard.TOOL_REFUSAL,
            "The migration tool cuts this statement in two here, and PostgreSQL refuses the first piece: the tool does not know the"
                    + " quotes around it.",
            "For goose, put -- +goose StatementBegin and -- +goose StatementEnd around the statement; for golang-migrate, do"
                    + " without x-multi-statement.");

    private static final RuleInfo INFO = new RuleInfo(
            "body-cut-in-two",
            "The migration tool cuts a quoted body at a semicolon",
            RuleInfo.Category.FAILURE,
            "0.1",
            List.of(),
            List.of(CUT, CUT_AT_LINE_END));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    /** The first cut is where it fails. */
    @Override
    public void check(MigrationContext context, Reporter report) {
        ChangeSets.transactions(context).stream()
                .flatMap(transactions -> transactions.cuts().stream())
                .findFirst()
                .ifPresent(cut -> report.report(Hit.at(cut, CUT)));
        cutByTool(context).ifPresent(cut -> report.report(Hit.at(new Span(cut - 1, cut), CUT_AT_LINE_END)));
    }

    private static OptionalInt cutByTool(MigrationContext context) {
        List<Span> statements =
                context.script().statements().stream().map(Statement::span).toList();
        Strings strings = context.migration()
                .transactions()
                .decide(statements.stream().map(context.script().source()::text).toList())
                .strings();
        return statements.stream()
                .map(strings::cutIn)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
