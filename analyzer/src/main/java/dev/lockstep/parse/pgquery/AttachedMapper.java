package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.AttachedStatement.CreateTrigger.Timing;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Triggers, rules, policies and extended statistics. */
final class AttachedMapper {

    // Bits of the server's TriggerType: what fires a trigger, and when.
    private static final int BEFORE = 1 << 1;
    private static final int INSERT = 1 << 2;
    private static final int DELETE = 1 << 3;
    private static final int UPDATE = 1 << 4;
    private static final int TRUNCATE = 1 << 5;
    private static final int INSTEAD = 1 << 6;

    private final MappingContext context;
    private final ExpressionMapper expressions;

    AttachedMapper(MappingContext context, ExpressionMapper expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    Optional<Statement> map(String tag, TreeNode node, Span span) {
        return switch (tag) {
            case "CreateTrigStmt" -> Optional.of(trigger(node, span));
            case "RuleStmt" -> Optional.of(rule(node, span));
            case "CreatePolicyStmt" -> Optional.of(policy(node, span));
            case "AlterPolicyStmt" ->
                Optional.of(new AttachedStatement.AlterPolicy(
                        name(node, "policy_name"),
                        table(node, "table"),
                        context.roles(node, "roles"),
                        expression(node, "qual"),
                        expression(node, "with_check"),
                        span));
            case "CreateStatsStmt" -> statistics(node, span);
            default -> Optional.empty();
        };
    }

    private Statement trigger(TreeNode node, Span span) {
        int events = node.integer("events");
        int timing = node.integer("timing");
        return new AttachedStatement.CreateTrigger(
                name(node, "trigname"),
                table(node, "relation"),
                node.flag("replace"),
                (timing & BEFORE) != 0 ? Timing.BEFORE : (timing & INSTEAD) != 0 ? Timing.INSTEAD_OF : Timing.AFTER,
                events(events),
                context.columns(node, "columns"),
                node.flag("row"),
                expression(node, "whenClause"),
                context.name(
                        node.strings("funcname"),
                        context.tokens().word("execute", 0).map(at -> at + 2).orElse(0)),
                node.flag("isconstraint"),
                TableMapper.deferral(node, List.of()),
                context.relationIn(node, "constrrel"),
                head(node, "relation"),
                span);
    }

    private static Set<Event> events(int bits) {
        Set<Event> events = EnumSet.noneOf(Event.class);
        if ((bits & INSERT) != 0) {
            events.add(Event.INSERT);
        }
        if ((bits & DELETE) != 0) {
            events.add(Event.DELETE);
        }
        if ((bits & UPDATE) != 0) {
            events.add(Event.UPDATE);
        }
        if ((bits & TRUNCATE) != 0) {
            events.add(Event.TRUNCATE);
        }
        return events;
    }

    private Statement rule(TreeNode node, Span span) {
        Event event = switch (node.string("event")) {
            case "CMD_INSERT" -> Event.INSERT;
            case "CMD_UPDATE" -> Event.UPDATE;
            case "CMD_DELETE" -> Event.DELETE;
            default -> Event.SELECT;
        };
        return new AttachedStatement.CreateRule(
                name(node, "rulename"),
                table(node, "relation"),
                node.flag("replace"),
                event,
                node.flag("instead"),
                head(node, "relation"),
                span);
    }

    private Statement policy(TreeNode node, Span span) {
        Optional<Event> command = switch (node.string("cmd_name")) {
            case "select" -> Optional.of(Event.SELECT);
            case "insert" -> Optional.of(Event.INSERT);
            case "update" -> Optional.of(Event.UPDATE);
            case "delete" -> Optional.of(Event.DELETE);
            default -> Optional.empty();
        };
        return new AttachedStatement.CreatePolicy(
                name(node, "policy_name"),
                table(node, "table"),
                command,
                node.flag("permissive"),
                context.roles(node, "roles"),
                expression(node, "qual"),
                expression(node, "with_check"),
                head(node, "table"),
                span);
    }

    private Optional<Statement> statistics(TreeNode node, Span span) {
        List<String> name = node.strings("defnames");
        return context.relations(node, "relations").stream()
                .findFirst()
                .map(table -> new AttachedStatement.CreateStatistics(
                        name.isEmpty() ? Optional.empty() : Optional.of(context.name(name, 2)),
                        table,
                        node.flag("if_not_exists"),
                        node.strings("stat_types"),
                        node.list("exprs").stream()
                                .map(key -> expressions.key(key.body()))
                                .toList(),
                        span));
    }

    private Identifier name(TreeNode node, String field) {
        return context.identifierAfter(node.string(field), 2);
    }

    private ObjectName table(TreeNode node, String field) {
        return context.relation(node.node(field).orElse(TreeNode.EMPTY).body());
    }

    private Optional<Expression> expression(TreeNode node, String field) {
        return node.node(field).map(expressions::map);
    }

    private Span head(TreeNode node, String field) {
        return context.tokens()
                .head(context.offset(node.node(field).orElse(TreeNode.EMPTY).body()));
    }
}
