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
import dev.lockstep.sql.Statement;
import java.util.List;

/** A table that a crash empties. */
final class UnloggedTable implements StatementRule {

    private static final Cause LOST_AFTER_CRASH = new Cause(
            "lost-after-crash",
            Severity.WARNING,
            Hazard.NONE,
            "{0} is UNLOGGED: after a crash it is empty, standbys can't read it, and backups by WAL don't"
                    + " have it.",
            "Leave UNLOGGED out; SET LOGGED later rewrites the table.");

    private static final RuleInfo INFO = new RuleInfo(
            "unlogged-table",
            "A table is created UNLOGGED",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pg-migration-lint:PGM506", "pgrubic:GN019"),
            List.of(LOST_AFTER_CRASH),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.CreateTable create
                && create.persistence() == Statement.Persistence.UNLOGGED) {
            report.report(Hit.at(create.head(), LOST_AFTER_CRASH, create.table().toString()));
        } else if (context.statement() instanceof Statement.CreateTableAs create
                && create.persistence() == Statement.Persistence.UNLOGGED) {
            report.report(Hit.at(create.head(), LOST_AFTER_CRASH, create.table().toString()));
        }
    }
}
