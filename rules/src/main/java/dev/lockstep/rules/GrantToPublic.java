package dev.lockstep.rules;

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
import dev.lockstep.sql.ObjectStatement.DefaultPrivileges;
import dev.lockstep.sql.ObjectStatement.Grant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Privileges for every role there is or will be. */
final class GrantToPublic implements StatementRule {

    private static final String PUBLIC = "public";

    private static final Cause PRIVILEGES = new Cause(
            "privileges",
            Severity.WARNING,
            Hazard.NONE,
            "{0} on {1} goes to PUBLIC: to every role of the server that can connect to this database, those to come included.",
            "Grant it to the roles that need it.");

    private static final RuleInfo INFO = new RuleInfo(
            "grant-to-public",
            "Privileges on tables, sequences, schemas or the database are granted to every role",
            RuleInfo.Category.COMPATIBILITY,
            "0.1",
            List.of("migrationpilot:MP085"),
            List.of(PRIVILEGES));

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        if (context.statement() instanceof Grant grant
                && grant.grant()
                && grant.grantees().contains(PUBLIC)
                && isWide(grant.kind(), grant.privileges())) {
            String objects = grant.objects().stream().map(ObjectName::toString).collect(Collectors.joining(", "));
            String what = grant.allInSchemas() ? "everything in schema " + objects : objects;
            report.report(Hit.at(grant.span(), PRIVILEGES, words(grant.privileges()), what));
        } else if (context.statement() instanceof DefaultPrivileges defaults
                && defaults.grant()
                && defaults.grantees().contains(PUBLIC)
                && isWide(defaults.kind(), defaults.privileges())) {
            report.report(Hit.at(
                    defaults.span(),
                    PRIVILEGES,
                    words(defaults.privileges()),
                    "every " + defaults.kind().words() + " to come"));
        }
    }

    /** PUBLIC may use types, call functions and connect anyway; a schema's USAGE opens nothing by itself. */
    private static boolean isWide(ObjectKind kind, List<String> privileges) {
        return switch (kind) {
            case TABLE, SEQUENCE -> true;
            case SCHEMA, DATABASE -> privileges.isEmpty() || privileges.contains("create");
            default -> false;
        };
    }

    private static String words(List<String> privileges) {
        return privileges.isEmpty() ? "ALL" : String.join(", ", privileges).toUpperCase(Locale.ROOT);
    }
}
