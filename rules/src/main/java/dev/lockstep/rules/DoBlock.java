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
import dev.lockstep.sql.Code;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeStatement;
import java.util.List;

/** Code that runs at once. */
final class DoBlock implements StatementRule {

    private static final Cause SCHEMA_CHANGE = new Cause(
            "schema-change",
            Severity.NOTE,
            Hazard.NONE,
            "The DO block changes the schema where reviewers and other tools don't look.",
            "Write the statements out.");

    private static final Cause CODE = new Cause(
            "code",
            Severity.NOTE,
            Hazard.NONE,
            "The migration runs a DO block, where reviewers and other tools don't look.",
            "Write the statements out.");

    private static final RuleOption<Boolean> SCHEMA_CHANGES_ONLY =
            RuleOption.flag("do-block", "schema-changes-only", true, "Whether blocks that change no schema are fine");

    private static final RuleInfo INFO = new RuleInfo(
            "do-block",
            "A migration runs a DO block",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of("migrationpilot:MP063"),
            List.of(SCHEMA_CHANGE, CODE),
            List.of(SCHEMA_CHANGES_ONLY));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof RoutineStatement.DoBlock block)) {
            return;
        }
        if (changesSchema(block)) {
            report.report(Hit.at(block.span(), SCHEMA_CHANGE));
        } else if (!context.option(SCHEMA_CHANGES_ONLY)) {
            report.report(Hit.at(block.span(), CODE));
        }
    }

    /** Text that is run is taken for a change: data rarely needs it. */
    private static boolean changesSchema(RoutineStatement.DoBlock block) {
        return block.body().code().stream()
                .flatMap(Code::within)
                .anyMatch(code -> code instanceof Code.Execute
                        || code instanceof Code.Sql sql && isSchemaChange(sql.statement()));
    }

    private static boolean isSchemaChange(Statement statement) {
        return statement instanceof Statement.AlterTable
                || statement instanceof Statement.CreateTable
                || statement instanceof Statement.CreateIndex
                || statement instanceof Statement.Drop
                || statement instanceof Statement.Rename
                || statement instanceof Statement.CreateView
                || statement instanceof TypeStatement;
    }
}
