package dev.lockstep.rules;

import dev.lockstep.rule.Rule;
import java.util.List;

/** The rules that come with Lockstep. */
public final class BuiltinRules {

    private BuiltinRules() {}

    /** All of them, sorted by id. */
    public static List<Rule> all() {
        return List.of(
                new AddColumnJson(),
                new AddColumnNotNull(),
                new AddColumnRewrite(),
                new AddConstraintIndexBuild(),
                new AddConstraintScan(),
                new AlterColumnType(),
                new AlterDomainScan(),
                new AttachPartitionScan(),
                new BatchLoop(),
                new BeginWithoutCommit(),
                new CodeCommitsInTransaction(),
                new CommitInsideToolTransaction(),
                new ConcurrentlyInTransaction(),
                new ConstraintNeverValidated(),
                new CreateIndexNotConcurrent(),
                new CreatePartition(),
                new DeployedWithoutReason(),
                new DetachPartitionNotConcurrent(),
                new DisableAutovacuum(),
                new DisableTriggers(),
                new DropCascade(),
                new DropColumn(),
                new DropDefault(),
                new DropIndexBeforeReplacement(),
                new DropIndexNotConcurrent(),
                new DropKey(),
                new DropLocksAnotherTable(),
                new DropObject(),
                new DropSchema(),
                new DropTable(),
                new EditedAppliedMigration(),
                new ForeignKeyTypeMismatch(),
                new ForeignKeyWithoutIndex(),
                new LockTable(),
                new RefreshMaterializedView(),
                new ReindexNotConcurrent(),
                new RenameColumn(),
                new RenameObject(),
                new RenameTable(),
                new ReplaceTable(),
                new RewriteTable(),
                new SetNotNull(),
                new SetSchema(),
                new StatementFails(),
                new SyntaxError(),
                new SyntaxNewerThanTarget(),
                new TruncateTable(),
                new UnbatchedDml(),
                new UnresolvedPlaceholder(),
                new WorkUnderHeldLock());
    }
}
