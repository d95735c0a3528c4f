package dev.lockstep.rules;

import dev.lockstep.catalog.Attached;
import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.Index;
import dev.lockstep.catalog.Lookup;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.TableConstraint;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.Statement.Rename;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table, or a whole schema, that takes the name of one that deployed code uses. */
final class ReplaceTable implements StatementRule {

    private static final String ADVICE =
            "Make it CREATE TABLE … (LIKE {1} INCLUDING ALL), add what LIKE leaves out (foreign keys, triggers, policies, privileges), and keep"
                    + " it in step by a trigger until the names change over.";

    private static final Cause INCOMPLETE = new Cause(
            "incomplete", Severity.ERROR, Hazard.LOST_GUARANTEE, "{0} takes the place of {1} without {2}.", ADVICE);

    private static final Cause COPIED = new Cause(
            "copied",
            Severity.WARNING,
            Hazard.NONE,
            "{0} takes the place of {1}: privileges that were granted on {1} are not on it, nor rows written since it was filled.",
            ADVICE);

    private static final RuleInfo INFO = new RuleInfo(
            "replace-table",
            "Another table takes the name of one that deployed code uses",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(),
            List.of(INCOMPLETE, COPIED));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (!(context.statement() instanceof Rename rename) || context.isDeclaredUnused()) {
            return;
        }
        if (rename.kind() == ObjectKind.TABLE) {
            QualifiedName table = context.before().resolve(rename.object());
            check(context, rename, table, new QualifiedName(table.schema(), rename.newName()), report);
        } else if (rename.kind() == ObjectKind.SCHEMA) {
            context.deployed().tables().stream()
                    .map(Table::name)
                    .filter(name -> name.schema().equals(rename.newName()))
                    .sorted(java.util.Comparator.comparing(QualifiedName::name))
                    .forEach(name -> check(
                            context, rename, new QualifiedName(rename.object().name(), name.name()), name, report));
        }
    }

    private static void check(
            StatementContext context, Rename rename, QualifiedName successor, QualifiedName name, Reporter report) {
        Lookup<Table> old = context.deployed().table(name);
        boolean isReplaced = !old.isAbsent() && context.before().table(name).isAbsent();
        boolean wasThere =
                old.value().map(known -> known.kind() != Table.Kind.VIEW).orElse(true);
        Optional<Table> replacement = context.before().table(successor).value();
        if (!isReplaced || !wasThere || replacement.isEmpty()) {
            return;
        }
        List<String> lacking = old.value()
                .map(known -> lacking(context, known, replacement.get()))
                .orElse(List.of());
        report.report(
                lacking.isEmpty()
                        ? Hit.at(rename.action(), COPIED, successor.toString(), name.toString())
                        : Hit.at(
                                rename.action(),
                                INCOMPLETE,
                                successor.toString(),
                                name.toString(),
                                String.join(", ", lacking)));
    }

    /** What the deployed table has, and its replacement has not. */
    private static List<String> lacking(StatementContext context, Table old, Table replacement) {
        List<String> lacking = new ArrayList<>();
        for (Column column : old.columns()) {
            Optional<Column> copy = replacement.column(column.name()).value();
            if (copy.isEmpty()) {
                if (replacement.complete()) {
                    lacking.add("column " + column.name());
                }
                continue;
            }
            if (column.notNull().orElse(false) && !copy.get().notNull().orElse(false)) {
                lacking.add("NOT NULL on " + column.name());
            }
            if (hasDefault(column) && !hasDefault(copy.get())) {
                lacking.add("the default of " + column.name());
            }
        }
        for (TableConstraint constraint : old.constraints()) {
            boolean has = replacement.constraints().stream().anyMatch(copy -> isSame(constraint, copy));
            if (constraint.kind() != TableConstraint.Kind.NOT_NULL && !has) {
                lacking.add(
                        constraint.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + constraint.name());
            }
        }
        addAttached(context, old, replacement, lacking);
        return lacking;
    }

    private static void addAttached(StatementContext context, Table old, Table replacement, List<String> lacking) {
        Catalog deployed = context.deployed();
        List<Index> indexes = context.before().indexesOf(replacement.name());
        for (Index index : deployed.indexesOf(old.name())) {
            boolean ofConstraint = old.constraints().stream()
                    .anyMatch(constraint ->
                            constraint.index().filter(index.name()::equals).isPresent());
            boolean has = indexes.stream().anyMatch(copy -> copy.keys().equals(index.keys()));
            if (!ofConstraint && !has) {
                lacking.add("index " + index.name());
            }
        }
        for (Attached.Trigger trigger : old.attached().triggers()) {
            if (replacement.attached().triggers().stream()
                    .noneMatch(copy -> copy.name().equals(trigger.name()))) {
                lacking.add("trigger " + trigger.name());
            }
        }
        if (old.attached().rowSecurity() && !replacement.attached().rowSecurity()) {
            lacking.add("row security");
        }
        deployed.referencing(old.name()).stream()
                .filter(child -> !child.name().equals(old.name()))
                .forEach(child -> lacking.add("the foreign keys of " + child.name()));
        deployed.readersOf(old.name()).forEach(view -> lacking.add("the view " + view.name()));
    }

    private static boolean hasDefault(Column column) {
        return column.defaultValue().isPresent() || column.identity() || column.generated();
    }

    private static boolean isSame(TableConstraint one, TableConstraint other) {
        return one.kind() == other.kind()
                && one.columns().equals(other.columns())
                && one.expression().equals(other.expression());
    }
}
