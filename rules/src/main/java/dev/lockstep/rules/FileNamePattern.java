package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleOption;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rules.support.FilePlace;
import java.util.List;
import java.util.regex.Pattern;

/** A migration whose file is not called as agreed. */
final class FileNamePattern implements MigrationRule {

    private static final Cause NAME = new Cause(
            "name",
            Severity.NOTE,
            Hazard.NONE,
            "The file is called {0}, which does not match {1}.",
            "Rename it before it is applied anywhere.");

    private static final RuleOption<Pattern> PATTERN =
            RuleOption.pattern("file-name-pattern", "pattern", ".*", "What the name of each file has to match");

    private static final RuleInfo INFO = new RuleInfo(
            "file-name-pattern",
            "The name of a migration's file does not match the team's pattern",
            RuleInfo.Category.HISTORY,
            RuleSet.POLICY,
            "0.1",
            List.of(),
            List.of(NAME),
            List.of(PATTERN));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(MigrationContext context, Reporter report) {
        String path = context.script().source().path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Pattern pattern = context.option(PATTERN);
        if (!pattern.matcher(name).matches()) {
            report.report(Hit.at(FilePlace.of(context.script()), NAME, name, pattern.pattern()));
        }
    }
}
