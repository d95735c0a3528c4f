package dev.lockstep.rules;

import dev.lockstep.catalog.Column;
import dev.lockstep.catalog.QualifiedName;
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
import dev.lockstep.rules.support.NewConstraints;
import dev.lockstep.sql.Constraint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A foreign key of a form that the team does not want. */
final class ForeignKeyForm implements StatementRule {

    private static final Cause CASCADE = new Cause(
            "cascade",
            Severity.WARNING,
            Hazard.NONE,
            "Deleting or changing a row of {0} deletes or changes rows of {1} along with it, however many"
                    + " there are, in one transaction.",
            "Use NO ACTION, and delete the rows in batches.");

    private static final Cause NOT_DEFERRABLE = new Cause(
            "not-deferrable",
            Severity.NOTE,
            Hazard.NONE,
            "The foreign key of {1} to {0} is checked at each statement: rows that refer to each other have"
                    + " to be written in one order.",
            "Make it DEFERRABLE.");

    private static final Cause NULLABLE = new Cause(
            "nullable",
            Severity.NOTE,
            Hazard.NONE,
            "{1} may hold NULL in the columns of its foreign key to {0}, and such a row refers to nothing.",
            "Make them NOT NULL.");

    private static final Cause OTHER_SCHEMA = new Cause(
            "other-schema",
            Severity.NOTE,
            Hazard.NONE,
            "{1} refers to {0}, which is in another schema.",
            "Keep both in one schema, or refer by a value without a foreign key.");

    private static final Cause ANY = new Cause(
            "any",
            Severity.NOTE,
            Hazard.NONE,
            "{1} gets a foreign key to {0}.",
            "Leave references to the application.");

    private static final RuleOption<List<String>> FORBID = RuleOption.words(
            "foreign-key-form",
            "forbid",
            List.of("cascade"),
            "The forms not to use: cascade, not-deferrable, nullable, other-schema, any");

    private static final RuleInfo INFO = new RuleInfo(
            "foreign-key-form",
            "A foreign key has a form that the team has agreed not to use",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "bytebase:statement.disallow-on-del-cascade",
                    "bytebase:table.no-foreign-key",
                    "pgrubic:CT001",
                    "pgrubic:CT002",
                    "migrationpilot:MP074",
                    "pgsafe:forbid-nullable-fk"),
            List.of(CASCADE, NOT_DEFERRABLE, NULLABLE, OTHER_SCHEMA, ANY),
            List.of(FORBID));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        List<String> forbidden = context.option(FORBID);
        for (NewConstraints.NewConstraint added : NewConstraints.of(context)) {
            if (added.constraint() instanceof Constraint.ForeignKey key) {
                QualifiedName parent = context.before().resolve(key.referenced());
                causes(context, added.table(), key, parent)
                        .filter(cause -> forbidden.contains(cause.key()))
                        .forEach(cause -> report.report(Hit.at(
                                key.span(),
                                cause,
                                parent.toString(),
                                added.table().toString())));
            }
        }
    }

    private static Stream<Cause> causes(
            StatementContext context, QualifiedName table, Constraint.ForeignKey key, QualifiedName parent) {
        return Stream.of(
                        causeIf(cascades(key.onDelete()) || cascades(key.onUpdate()), CASCADE),
                        causeIf(key.deferral() == Constraint.Deferral.NOT_DEFERRABLE, NOT_DEFERRABLE),
                        causeIf(key.columns().stream().anyMatch(column -> mayBeNull(context, table, column)), NULLABLE),
                        causeIf(!parent.schema().equals(table.schema()), OTHER_SCHEMA),
                        causeIf(true, ANY))
                .flatMap(Optional::stream);
    }

    private static Optional<Cause> causeIf(boolean holds, Cause cause) {
        return holds ? Optional.of(cause) : Optional.empty();
    }

    private static boolean cascades(Constraint.ReferentialAction action) {
        return action == Constraint.ReferentialAction.CASCADE;
    }

    private static boolean mayBeNull(StatementContext context, QualifiedName table, String column) {
        return !context.after()
                .table(table)
                .flatMap(known -> known.column(column))
                .value()
                .flatMap(Column::notNull)
                .orElse(false);
    }
}
