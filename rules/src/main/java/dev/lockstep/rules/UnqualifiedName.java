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
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.RoutineStatement;
import dev.lockstep.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A name without its schema. */
final class UnqualifiedName implements StatementRule {

    private static final Cause NO_SCHEMA = new Cause(
            "no-schema",
            Severity.NOTE,
            Hazard.NONE,
            "{0} is looked for, or made, in whichever schema search_path names first.",
            "Write the schema: public.{0}.");

    private static final Set<ObjectKind> OF_SCHEMA = EnumSet.of(
            ObjectKind.TABLE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.SEQUENCE, ObjectKind.INDEX);

    private static final RuleInfo INFO = new RuleInfo(
            "unqualified-name",
            "A statement makes, alters or drops something without naming its schema",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "squawk:require-table-schema",
                    "pgsafe:require-schema-qualified",
                    "pgrubic:SM001",
                    "bytebase:naming.fully-qualified",
                    "bytebase:statement.create-specify-schema"),
            List.of(NO_SCHEMA),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        named(context)
                .filter(name -> name.schema().isEmpty())
                .forEach(name -> report.report(Hit.at(name.span(), NO_SCHEMA, name.name())));
    }

    private static Stream<ObjectName> named(StatementContext context) {
        Statement statement = context.statement();
        if (statement instanceof Statement.CreateTable create) {
            return create.persistence() == Statement.Persistence.TEMPORARY ? Stream.of() : Stream.of(create.table());
        }
        if (statement instanceof Statement.AlterTable alter) {
            return Stream.of(alter.table());
        }
        if (statement instanceof Statement.CreateIndex create) {
            return Stream.of(create.table());
        }
        if (statement instanceof Statement.CreateView create) {
            return Stream.of(create.view());
        }
        if (statement instanceof Statement.CreateTableAs create) {
            return Stream.of(create.table());
        }
        if (statement instanceof ObjectStatement.CreateSequence create) {
            return Stream.of(create.sequence());
        }
        if (statement instanceof RoutineStatement.CreateFunction create) {
            return Stream.of(create.function());
        }
        return statement instanceof Statement.Drop drop && OF_SCHEMA.contains(drop.kind())
                ? drop.objects().stream()
                : Stream.of();
    }
}
