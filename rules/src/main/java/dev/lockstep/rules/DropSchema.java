package dev.lockstep.rules;

import dev.lockstep.catalog.Catalog;
import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.catalog.Routine;
import dev.lockstep.catalog.Table;
import dev.lockstep.catalog.UserType;
import dev.lockstep.finding.Severity;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.DeployedObjects;
import dev.lockstep.sql.ObjectKind;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Statement.Drop;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything of a schema, of a role or of a database dropped at once. */
final class DropSchema implements StatementRule {

    private static final Cause CONTENTS = new Cause(
            "contents",
            Severity.ERROR,
            Hazard.LOST_ROWS,
            "Dropping schema {0} CASCADE drops everything in it, with all rows: {1}. It takes ACCESS EXCLUSIVE on every table"
                    + " there.",
            "Drop what is no longer used by name, and the schema last, without CASCADE.");

    private static final Cause OWNED = new Cause(
            "owned",
            Severity.ERROR,
            Hazard.LOST_ROWS,
            "DROP OWNED BY {0} drops every table, view and function that the role owns in this database, with all rows, and"
                    + " takes away its privileges.",
            "REASSIGN OWNED BY {0} to another role first.");

    private static final Cause DATABASE = new Cause(
            "database",
            Severity.ERROR,
            Hazard.NONE,
            "DROP DATABASE {0} deletes all of it, and nothing but a backup brings it back.",
            "Leave that to whoever runs the server.");

    private static final RuleInfo INFO = new RuleInfo(
            "drop-schema",
            "A schema, a database or all that a role owns is dropped with everything in it",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of(
                    "squawk:ban-drop-database",
                    "pgls:banDropSchema",
                    "pgls:banDropDatabase",
                    "pgfence:drop-schema",
                    "pgfence:drop-schema-cascade",
                    "pgfence:drop-database",
                    "migrationpilot:MP034",
                    "migrationpilot:MP035",
                    "pg-migration-lint:PGM205",
                    "pgsafe:drop-database",
                    "pgrubic:US008",
                    "pgrubic:US009",
                    "atlas:DS101"),
            List.of(CONTENTS, OWNED, DATABASE));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.isDeclaredUnused()) {
            return;
        }
        if (context.statement() instanceof ObjectStatement.Owned owned
                && owned.newRole().isEmpty()) {
            report.report(Hit.at(owned.span(), OWNED, String.join(", ", owned.roles())));
        } else if (context.statement() instanceof Drop drop) {
            for (ObjectName object : drop.objects()) {
                if (drop.kind() == ObjectKind.DATABASE) {
                    report.report(Hit.at(object.span(), DATABASE, object.name()));
                } else if (drop.kind() == ObjectKind.SCHEMA && drop.cascade()) {
                    checkSchema(context, object, report);
                }
            }
        }
    }

    private static void checkSchema(StatementContext context, ObjectName schema, Reporter report) {
        if (!DeployedObjects.isDeployed(context, ObjectKind.SCHEMA, schema)) {
            return;
        }
        Catalog catalog = context.before();
        boolean known = catalog.schema(schema.name()).value().isPresent();
        List<String> contents = contents(catalog, schema.name()).sorted().toList();
        if (!known || !contents.isEmpty()) {
            report.report(Hit.at(schema.span(), CONTENTS, schema.name(), words(contents)));
        }
    }

    private static Stream<String> contents(Catalog catalog, String schema) {
        return Stream.of(
                        catalog.all(Table.class).stream().map(Table::name),
                        catalog.all(UserType.class).stream().map(UserType::name),
                        catalog.all(Routine.class).stream().map(Routine::name))
                .flatMap(names -> names)
                .filter(name -> name.schema().equals(schema))
                .map(QualifiedName::toString);
    }

    private static String words(List<String> contents) {
        if (contents.isEmpty()) {
            return "the given history doesn't show what that is";
        }
        String first = contents.stream().limit(3).collect(Collectors.joining(", "));
        return contents.size() <= 3 ? first : first + " and " + (contents.size() - 3) + " more";
    }
}
