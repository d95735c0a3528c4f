package dev.lockstep.rules;

import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;

/** An index that queries do without until its replacement is built. */
final class DropIndexBeforeReplacement implements StatementRule {

    private static final Cause GAP = new Cause(
            "gap",
            Severity.WARNING,
            Hazard.LOST_GUARANTEE,
            "{0} is dropped before the index that replaces it is built: until then queries on {1} of {2} read the whole table.",
            "Create the new index first, under another name, and drop {0} once it is there; rename it then, if its name matters.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-index-before-replacement",
            "An index is dropped before the one that replaces it is built",
            RuleInfo.Category.LOCKING,
            "0.1",
            List.of(),
            List.of(GAP));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Drop drop) || drop.kind() != ObjectKind.INDEX) {
            return;
        }
        for (ObjectName object : drop.objects()) {
            context.before()
                    .index(object)
                    .value()
                    .filter(index -> context.isInUse(index.table())
                            && !index.keyColumns().isEmpty())
                    .filter(index -> !isReplaced(context.after().indexesOf(index.table()), index))
                    .ifPresent(index -> report(context, object, index, report));
        }
    }

    private static void report(StatementContext context, ObjectName object, Index dropped, Reporter report) {
        QualifiedName table = dropped.table();
        report.report(
                Hit.at(
                        object.span(),
                        GAP,
                        dropped.name().toString(),
                        String.join(", ", dropped.keyColumns()),
                        table.toString()),
                ending -> isReplaced(
                        ending.schema().indexesOf(table).stream()
                                .filter(index -> index.created().deploy()
                                        == context.now().deploy())
                                .toList(),
                        dropped));
    }

    /** Whether an index finds rows by the same first column. */
    private static boolean isReplaced(List<Index> indexes, Index dropped) {
        return indexes.stream()
                .filter(index -> index.valid() && index.predicate().equals(dropped.predicate()))
                .anyMatch(index -> index.keys().get(0).column().isPresent()
                        && index.keys()
                                .get(0)
                                .column()
                                .equals(dropped.keys().get(0).column()));
    }
}
