package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.QualifiedName;
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
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An index that another one can stand in for. */
final class RedundantIndex implements StatementRule {

    private static final Cause COVERED = new Cause(
            "covered",
            Severity.WARNING,
            Hazard.NONE,
            "{0} of {1} has these columns at its start: the new index answers nothing that {0} doesn't, and"
                    + " every write pays for both.",
            "Leave it out.");

    private static final Cause COVERS = new Cause(
            "covers",
            Severity.NOTE,
            Hazard.NONE,
            "{0} of {1} has no columns but the first of the new index, which can stand in for it.",
            "Drop {0} once the new index is built.");

    private static final Cause COLUMN_TWICE = new Cause(
            "column-twice", Severity.WARNING, Hazard.NONE, "Column {0} is in the index twice.", "Name it once.");

    private static final RuleInfo INFO = new RuleInfo(
            "redundant-index",
            "A new index repeats one that is there, or a column",
            RuleInfo.Category.DESIGN,
            RuleSet.STYLE,
            "0.1",
            List.of("pg-migration-lint:PGM508", "pgrubic:GN025", "pgrubic:GN032", "bytebase:index.no-duplicate-column"),
            List.of(COVERED, COVERS, COLUMN_TWICE),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Statement.CreateIndex create)
                || !create.method().equals("btree")
                || isThere(create, context.before())) {
            return;
        }
        repeated(create.keys()).forEach(column -> report.report(Hit.at(create.head(), COLUMN_TWICE, column)));
        QualifiedName table = context.before().resolve(create.table());
        Catalog end = context.atFileEnd();
        for (Index known : context.before().indexesOf(table)) {
            if (known.method().equals("btree")
                    && known.predicate().equals(create.predicate())
                    && end.index(known.name()).value().isPresent()) {
                compare(known, create, report);
            }
        }
    }

    /** Whether the name is taken, so that IF NOT EXISTS builds nothing, and without it the statement fails. */
    private static boolean isThere(Statement.CreateIndex create, Catalog before) {
        QualifiedName table = before.resolve(create.table());
        return create.index()
                .filter(name -> before.index(new QualifiedName(table.schema(), name.name()))
                        .value()
                        .isPresent())
                .isPresent();
    }

    /** Columns that stand in two keys which ask for the same comparison: two operator classes answer different queries. */
    private static Stream<String> repeated(List<Statement.IndexKey> keys) {
        return IntStream.range(0, keys.size())
                .filter(i -> keys.subList(0, i).stream()
                        .anyMatch(earlier -> earlier.operatorClass()
                                        .equals(keys.get(i).operatorClass())
                                && earlier.collation().equals(keys.get(i).collation())
                                && earlier.column().equals(keys.get(i).column())))
                .mapToObj(i -> keys.get(i).column())
                .flatMap(Optional::stream)
                .distinct();
    }

    private static void compare(Index known, Statement.CreateIndex create, Reporter report) {
        if (startsWith(known.keys(), create.keys())
                && !create.unique()
                && known.included().containsAll(create.included())) {
            report.report(Hit.at(
                    create.head(), COVERED, known.name().name(), known.table().toString()));
        } else if (startsWith(create.keys(), known.keys())
                && !known.unique()
                && known.included().isEmpty()) {
            report.report(Hit.at(
                    create.head(), COVERS, known.name().name(), known.table().toString()));
        }
    }

    private static boolean startsWith(List<Statement.IndexKey> keys, List<Statement.IndexKey> start) {
        return keys.size() >= start.size()
                && IntStream.range(0, start.size()).allMatch(i -> isSame(keys.get(i), start.get(i)));
    }

    private static boolean isSame(Statement.IndexKey one, Statement.IndexKey other) {
        return one.column().equals(other.column())
                && one.expression().equals(other.expression())
                && one.collation().equals(other.collation())
                && one.operatorClass().equals(other.operatorClass())
                && one.descending() == other.descending()
                && one.nullsFirst() == other.nullsFirst();
    }
}
