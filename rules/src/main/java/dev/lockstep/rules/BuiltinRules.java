package dev.lockstep.rules;

import dev.lockstep.rule.Rule;
import java.util.List;

/** The rules that come with Lockstep. */
public final class BuiltinRules {

    private BuiltinRules() {}

    /** All of them, sorted by id. */
    public static List<Rule> all() {
        return List.of(
                new AddColumnNotNull(),
                new AddColumnRewrite(),
                new AddConstraintIndexBuild(),
                new AddConstraintScan(),
                new BeginWithoutCommit(),
                new CommitInsideToolTransaction(),
                new ConcurrentlyInTransaction(),
                new CreateIndexNotConcurrent(),
                new DeployedWithoutReason(),
                new DropColumn(),
                new DropIndexNotConcurrent(),
                new DropTable(),
                new EditedAppliedMigration(),
                new ReindexNotConcurrent(),
                new RenameColumn(),
                new RenameTable(),
                new SetNotNull(),
                new SyntaxError(),
                new UnbatchedDml(),
                new UnresolvedPlaceholder(),
                new WorkUnderHeldLock());
    }
}
