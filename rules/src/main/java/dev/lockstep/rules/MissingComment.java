package dev.lockstep.rules;

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
import dev.lockstep.rules.support.NewColumns;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Something new that nobody explains. */
final class MissingComment implements StatementRule {

    private static final Cause TABLE = new Cause(
            "table",
            Severity.NOTE,
            Hazard.NONE,
            "Nothing says what {0} is for.",
            "COMMENT ON TABLE {0} IS '…' in the same file.");

    private static final Cause COLUMN = new Cause(
            "column",
            Severity.NOTE,
            Hazard.NONE,
            "Nothing says what {0} is for.",
            "COMMENT ON COLUMN {0} IS '…' in the same file.");

    private static final RuleOption<List<String>> ON =
            RuleOption.words("missing-comment", "on", List.of("table"), "What has to have a comment: table, column");

    private static final RuleInfo INFO = new RuleInfo(
            "missing-comment",
            "A new table or column has no comment",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "pgsafe:require-table-comment",
                    "pgsafe:require-column-comment",
                    "bytebase:table.comment",
                    "bytebase:column.comment"),
            List.of(TABLE, COLUMN),
            List.of(ON));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> wanted = context.option(ON);
        if (wanted.contains("table")
                && context.statement() instanceof Statement.CreateTable create
                && create.persistence() != Statement.Persistence.TEMPORARY
                && !create.partitionOf()
                && !isCommented(context, context.before().created(create.table()), Optional.empty())) {
            report.report(Hit.at(create.head(), TABLE, create.table().toString()));
        }
        if (wanted.contains("column")) {
            NewColumns.of(context).stream()
                    .filter(column -> !isCommented(context, column.table(), Optional.of(column.name())))
                    .forEach(column -> report.report(
                            Hit.at(column.definition().span(), COLUMN, column.table() + "." + column.name())));
        }
    }

    private static boolean isCommented(StatementContext context, QualifiedName table, Optional<String> column) {
        return context.later().stream()
                .anyMatch(later -> later.statement() instanceof ObjectStatement.Comment comment
                        && !comment.securityLabel()
                        && comment.text().isPresent()
                        && comment.part().equals(column)
                        && later.before().resolve(comment.object()).equals(table));
    }
}
