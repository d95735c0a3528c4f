package dev.lockstep.rules;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.sql.AlterAction.ReplicaIdentity;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement.Publication;
import java.util.List;
import java.util.Optional;

/** A table published whose changed rows have nothing to be told apart by. */
final class PublishWithoutKey implements StatementRule {

    private static final Cause NO_KEY = new Cause(
            "no-key",
            Severity.ERROR,
            Hazard.NONE,
            "{0} has no primary key and no other replica identity: once it is published, every UPDATE and DELETE of it fails (SQLSTATE"
                    + " 55000).",
            "Give it a primary key, or REPLICA IDENTITY USING INDEX or FULL, before it is published.");

    private static final Cause NOTHING = new Cause(
            "nothing",
            Severity.WARNING,
            Hazard.NONE,
            "With REPLICA IDENTITY NOTHING every UPDATE and DELETE of {0} fails as long as a publication has it.",
            "Take it out of its publications first.");

    private static final RuleInfo INFO = new RuleInfo(
            "publish-without-key",
            "A published table has no replica identity, so that UPDATE and DELETE fail",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(),
            List.of(NO_KEY, NOTHING));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Publication publication && publishesChanges(publication)) {
            for (ObjectName object : publication.tables()) {
                QualifiedName name = context.before().resolve(object);
                Optional<Table> table = context.atTransactionEnd().table(name).value();
                if (context.isDeployed(name)
                        && table.filter(PublishWithoutKey::hasNoIdentity).isPresent()) {
                    report.report(Hit.at(object.span(), NO_KEY, name.toString()));
                }
            }
        }
        AlterTables.forEach(context, ReplicaIdentity.class, (table, action) -> {
            if (action.kind() == ReplicaIdentity.Kind.NOTHING && context.isDeployed(table)) {
                report.report(Hit.at(action.span(), NOTHING, table.toString()));
            }
        });
    }

    private static boolean publishesChanges(Publication publication) {
        boolean adds = publication.action() == Publication.Action.ADD || publication.action() == Publication.Action.SET;
        return (publication.create() || adds)
                && publication.options().stream()
                        .filter(option -> option.name().equals("publish"))
                        .flatMap(option -> option.value().stream())
                        .allMatch(what -> what.contains("update") || what.contains("delete"));
    }

    private static boolean hasNoIdentity(Table table) {
        ReplicaIdentity.Kind identity = table.attached().replicaIdentity();
        return table.complete()
                && table.kind() == Table.Kind.TABLE
                && (identity == ReplicaIdentity.Kind.NOTHING
                        || identity == ReplicaIdentity.Kind.DEFAULT
                                && table.primaryKey().isEmpty());
    }
}
