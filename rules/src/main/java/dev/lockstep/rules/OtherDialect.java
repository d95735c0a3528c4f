package dev.lockstep.rules;

import dev.lockstep.finding.Severity;
import dev.lockstep.parse.dialect.ForeignTypes;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.Hit;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleSet;
import dev.lockstep.rule.StatementContext;
import dev.lockstep.rule.StatementRule;
import dev.lockstep.rules.support.AlterTables;
import dev.lockstep.rules.support.NewColumns;
import dev.lockstep.sql.AlterAction;
import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.SessionStatement;
import dev.lockstep.sql.Statement;
import dev.lockstep.sql.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** SQL of another database that PostgreSQL reads as something else. */
final class OtherDialect implements StatementRule {

    private static final Cause TYPE = new Cause(
            "type",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} is a type of {1}: PostgreSQL has none of that name, and the statement fails.",
            "{2}.");

    private static final Cause INDEX_AS_COLUMN = new Cause(
            "index-as-column",
            Severity.ERROR,
            Hazard.FAILURE,
            "ADD {0} adds a column named {1} here, of a type that there is not: it is MySQL's way to add an"
                    + " index.",
            "Use CREATE INDEX CONCURRENTLY in a statement of its own.");

    private static final Cause PARAMETER = new Cause(
            "parameter",
            Severity.ERROR,
            Hazard.FAILURE,
            "{0} is no parameter of PostgreSQL: {1} is a statement of MySQL, and fails.",
            "Leave it out.");

    private static final Pattern ADDED_INDEX = Pattern.compile("(?is)(?:INDEX|KEY)\\s+\\w+\\s*\\([^0-9].*");

    private static final Set<String> SHOWN = Set.of(
            "tables",
            "databases",
            "engines",
            "processlist",
            "warnings",
            "errors",
            "grants",
            "variables",
            "status",
            "plugins");

    private static final Set<String> SET = Set.of(
            "foreign_key_checks",
            "unique_checks",
            "sql_mode",
            "autocommit",
            "sql_safe_updates",
            "sql_log_bin",
            "storage_engine");

    private static final RuleInfo INFO = new RuleInfo(
            "other-dialect",
            "PostgreSQL reads a statement of another database, and takes it for something else",
            RuleInfo.Category.FAILURE,
            RuleSet.SAFETY,
            "0.1",
            List.of(),
            List.of(TYPE, INDEX_AS_COLUMN, PARAMETER),
            List.of());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            ColumnDefinition definition = column.definition();
            Optional<TypeName> type = definition.type().filter(named -> !isKnown(context, named));
            if (type.isPresent() && isIndex(context, definition)) {
                String word = definition.name().name();
                report.report(Hit.at(definition.span(), INDEX_AS_COLUMN, word.toUpperCase(Locale.ROOT), word));
            } else if (type.isPresent()) {
                checkType(type.get(), report);
            }
        }
        AlterTables.forEach(context, AlterAction.AlterColumnType.class, (table, action) -> {
            if (speaksOf(context, action.type())) {
                checkType(action.type(), report);
            }
        });
        if (context.statement() instanceof SessionStatement.Session show
                && show.kind() == SessionStatement.Session.Kind.SHOW) {
            show.name()
                    .filter(SHOWN::contains)
                    .ifPresent(name -> report.report(Hit.at(show.span(), PARAMETER, name, "SHOW " + name)));
        } else if (context.statement() instanceof Statement.SetParameter set && SET.contains(set.name())) {
            report.report(Hit.at(set.span(), PARAMETER, set.name(), "SET " + set.name()));
        }
    }

    /** Whether it is a type of another database that the statement stumbles over. */
    static boolean speaksOf(StatementContext context, TypeName type) {
        return !isKnown(context, type) && ForeignTypes.of(type).isPresent();
    }

    private static void checkType(TypeName type, Reporter report) {
        ForeignTypes.of(type)
                .ifPresent(syntax -> report.report(
                        Hit.at(type.span(), TYPE, syntax.construct(), syntax.dialect(), syntax.advice())));
    }

    /** Somebody may have made a type of that name, or a domain. */
    private static boolean isKnown(StatementContext context, TypeName type) {
        return context.before().type(type).isPresent();
    }

    /** {@code ADD INDEX i (a)}: the word COLUMN is not there, and what would be the type's modifier is a column. */
    private static boolean isIndex(StatementContext context, ColumnDefinition column) {
        return context.statement() instanceof Statement.AlterTable
                && ADDED_INDEX.matcher(context.text(column.span())).matches();
    }
}
