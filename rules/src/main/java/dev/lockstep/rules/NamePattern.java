package dev.lockstep.rules;

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
import dev.lockstep.rules.support.NewColumns;
import dev.lockstep.rules.support.NewConstraints;
import dev.lockstep.rules.support.NewNames;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A name that does not follow the team's pattern. */
final class NamePattern implements StatementRule {

    private static final Cause PATTERN = new Cause(
            "pattern", Severity.NOTE, Hazard.NONE, "The {0} {1} does not match {2}.", "Choose a name that does.");

    private static final Cause TABLE_PREFIX = new Cause(
            "table-prefix",
            Severity.NOTE,
            Hazard.NONE,
            "The table {0} does not begin with tb_, as specql has it.",
            "Call it tb_{0}.");

    private static final Cause PRIMARY_KEY_PREFIX = new Cause(
            "primary-key-prefix",
            Severity.NOTE,
            Hazard.NONE,
            "The primary key of {0} is {1}; specql calls it {2}.",
            "Call it {2}.");

    private static final Cause FOREIGN_KEY_PREFIX = new Cause(
            "foreign-key-prefix",
            Severity.NOTE,
            Hazard.NONE,
            "{1} of {0} refers to {3}; specql calls it {2}.",
            "Call it {2}.");

    private static final String PLAIN = "[a-z][a-z0-9_]*";

    private static final String TABLE = "tb_";

    /** In the order of the kinds. */
    private static final List<RuleOption<Pattern>> PATTERNS =
            Arrays.stream(NewNames.Kind.values()).map(NamePattern::pattern).toList();

    private static final RuleOption<List<String>> PRESET =
            RuleOption.words("name-pattern", "preset", List.of(), "A set of names that a project has defined: specql");

    private static final RuleInfo INFO = new RuleInfo(
            "name-pattern",
            "A new name does not match the team's pattern",
            RuleInfo.Category.DESIGN,
            RuleSet.POLICY,
            "0.1",
            List.of(
                    "pgsafe:naming-convention",
                    "atlas:NM101",
                    "atlas:NM102",
                    "atlas:NM103",
                    "atlas:NM104",
                    "atlas:NM105",
                    "pgrubic:NM001",
                    "pgrubic:NM002",
                    "pgrubic:NM003",
                    "pgrubic:NM004",
                    "pgrubic:NM005"),
            List.of(PATTERN, TABLE_PREFIX, PRIMARY_KEY_PREFIX, FOREIGN_KEY_PREFIX),
            Stream.concat(PATTERNS.stream(), Stream.of(PRESET)).toList());

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public void check(StatementContext context, Reporter report) {
        for (NewNames.NewName name : NewNames.of(context.statement())) {
            Pattern pattern = context.option(PATTERNS.get(name.kind().ordinal()));
            if (!pattern.matcher(name.name()).matches()) {
                report.report(Hit.at(name.span(), PATTERN, name.kind().words(), name.name(), pattern.pattern()));
            }
        }
        if (context.option(PRESET).contains("specql")) {
            checkSpecql(context, report);
        }
    }

    private static void checkSpecql(StatementContext context, Reporter report) {
        if (context.statement() instanceof Statement.CreateTable create
                && create.persistence() != Statement.Persistence.TEMPORARY
                && !create.partitionOf()
                && !create.table().name().startsWith(TABLE)) {
            report.report(
                    Hit.at(create.table().span(), TABLE_PREFIX, create.table().name()));
        }
        for (NewColumns.NewColumn column : NewColumns.of(context)) {
            String key = "pk_" + entity(column.table().name());
            if (column.isKey() && !column.name().equals(key)) {
                report.report(Hit.at(
                        column.definition().name().span(),
                        PRIMARY_KEY_PREFIX,
                        column.table().toString(),
                        column.name(),
                        key));
            }
        }
        for (NewConstraints.NewConstraint added : NewConstraints.of(context)) {
            if (added.constraint() instanceof Constraint.ForeignKey key
                    && key.columns().size() == 1
                    && !key.columns().get(0).startsWith("fk_")) {
                report.report(Hit.at(
                        key.span(),
                        FOREIGN_KEY_PREFIX,
                        added.table().toString(),
                        key.columns().get(0),
                        "fk_" + entity(key.referenced().name()),
                        key.referenced().toString()));
            }
        }
    }

    /** What a table is about: its name without the prefix. */
    private static String entity(String table) {
        return table.startsWith(TABLE) ? table.substring(TABLE.length()) : table;
    }

    private static RuleOption<Pattern> pattern(NewNames.Kind kind) {
        return RuleOption.pattern(
                "name-pattern", kind.label(), PLAIN, "What the name of a " + kind.words() + " has to match");
    }
}
