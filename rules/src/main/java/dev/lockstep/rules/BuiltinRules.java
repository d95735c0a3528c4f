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
                new AlterWithPendingTriggers(),
                new BeginWithoutCommit(),
                new CommitInsideToolTransaction(),
                new ConcurrentIndexIfNotExists(),
                new ConcurrentlyInTransaction(),
                new CreateAfterUse(),
                new CreateIndexNotConcurrent(),
                new DeployedWithoutReason(),
                new DropCascade(),
                new DropColumn(),
                new DropDefault(),
                new DropIndexNotConcurrent(),
                new DropObject(),
                new DropSchema(),
                new DropTable(),
                new EditedAppliedMigration(),
                new EnumValueUsedInTransaction(),
                new GrantToPublic(),
                new IfNotExistsDiffers(),
                new LockOrderInversion(),
                new ReindexNotConcurrent(),
                new RenameColumn(),
                new RenameObject(),
                new RenameTable(),
                new ReplaceIndexedFunction(),
                new ReplaceTable(),
                new RowSecurity(),
                new SecurityDefinerSearchPath(),
                new SetNotNull(),
                new SyntaxError(),
                new TimeoutWithoutEffect(),
                new TruncateTable(),
                new UnbatchedDml(),
                new UnresolvedPlaceholder(),
                new WorkUnderHeldLock());
    }
}
