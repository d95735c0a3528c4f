package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.ColumnDefinition;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.Constraint.Deferral;
import dev.lockstep.sql.Constraint.ReferentialAction;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.PartitionBound;
import dev.lockstep.sql.PartitionKey;
import dev.lockstep.sql.Statement;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Column definitions and constraints. */
final class TableMapper {

    private final MappingContext context;
    private final ExpressionMapper expressions;

    TableMapper(MappingContext context, ExpressionMapper expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    /** A {@code ColumnDef}; its constraints follow each other in the text, and each ends where the next begins. */
    ColumnDefinition column(TreeNode node) {
        int first = context.tokens().at(context.offset(node));
        int last = context.tokens().elementEnd(first);
        Identifier name =
                context.identifier(node.string("colname"), context.tokens().span(first, first));
        List<TreeNode> clauses =
                node.list("constraints").stream().map(TreeNode::body).toList();
        NavigableSet<Integer> starts = Stream.concat(
                        clauses.stream().filter(clause -> !isAttribute(clause)),
                        node.node("collClause").map(TreeNode::body).stream())
                .map(clause -> context.tokens().at(context.offset(clause)))
                .collect(Collectors.toCollection(TreeSet::new));
        List<Constraint> constraints = new ArrayList<>();
        Optional<ColumnDefinition.DefaultValue> defaultValue = Optional.empty();
        Optional<ColumnDefinition.Generated> generated = Optional.empty();
        Optional<ColumnDefinition.Identity> identity = Optional.empty();
        for (int i = 0; i < clauses.size(); i++) {
            TreeNode clause = clauses.get(i);
            int clauseFirst = context.tokens().at(context.offset(clause));
            int clauseLast = clauseEnd(clauseFirst, starts, last);
            Span span = context.tokens().span(clauseFirst, clauseLast);
            switch (clause.string("contype")) {
                case "CONSTR_DEFAULT" -> {
                    Span value = context.tokens().span(Math.min(clauseFirst + 1, clauseLast), clauseLast);
                    defaultValue =
                            Optional.of(new ColumnDefinition.DefaultValue(expression(clause, "raw_expr"), value));
                }
                case "CONSTR_GENERATED" ->
                    generated = Optional.of(new ColumnDefinition.Generated(
                            expression(clause, "raw_expr"),
                            clause.string("generated_kind").equals("s"),
                            span));
                case "CONSTR_IDENTITY" -> identity = Optional.of(identity(clause, span));
                case "CONSTR_NULL" -> {}
                default ->
                    constraint(clause, List.of(name.name()), span, followingAttributes(clauses, i))
                            .ifPresent(constraints::add);
            }
        }
        return new ColumnDefinition(
                name,
                node.node("typeName").map(type -> expressions.type(type.body())),
                node.node("collClause")
                        .map(clause -> String.join(".", clause.body().strings("collname"))),
                defaultValue,
                generated,
                identity,
                constraints,
                context.tokens().span(first, last));
    }

    ColumnDefinition.Identity identity(TreeNode clause, Span span) {
        return new ColumnDefinition.Identity(
                clause.string("generated_when").equals("a"), Options.of(clause, "options"), span);
    }

    /** A constraint of a domain, from its place to the clause that starts at {@code next}, or to the end. */
    Optional<Constraint> domainConstraint(TreeNode node, Optional<TreeNode> next) {
        int first = context.tokens().at(context.offset(node));
        int last = next.map(clause -> context.tokens().at(context.offset(clause)) - 1)
                .orElse(context.tokens().size() - 1);
        return constraint(node, List.of("value"), context.tokens().span(first, Math.max(first, last)), List.of());
    }

    PartitionBound bound(TreeNode wrapper) {
        TreeNode node = wrapper.body();
        if (node.flag("is_default")) {
            return new PartitionBound.Default();
        }
        return switch (node.string("strategy")) {
            case "l" -> new PartitionBound.In(all(node, "listdatums"));
            case "h" -> new PartitionBound.Hash(node.integer("modulus"), node.integer("remainder"));
            default -> new PartitionBound.FromTo(all(node, "lowerdatums"), all(node, "upperdatums"));
        };
    }

    private List<Expression> all(TreeNode node, String field) {
        return node.list(field).stream().map(expressions::map).toList();
    }

    PartitionKey partitionKey(TreeNode wrapper) {
        TreeNode node = wrapper.body();
        PartitionKey.Strategy strategy = switch (node.string("strategy")) {
            case "PARTITION_STRATEGY_LIST" -> PartitionKey.Strategy.LIST;
            case "PARTITION_STRATEGY_HASH" -> PartitionKey.Strategy.HASH;
            default -> PartitionKey.Strategy.RANGE;
        };
        return new PartitionKey(
                strategy,
                node.list("partParams").stream()
                        .map(key -> expressions.key(key.body()))
                        .toList());
    }

    Statement.Like like(TreeNode node, int position) {
        int options = node.integer("options");
        Set<Statement.Like.Included> included = EnumSet.noneOf(Statement.Like.Included.class);
        for (Statement.Like.Included item : Statement.Like.Included.values()) {
            if ((options & (1 << item.ordinal())) != 0) {
                included.add(item);
            }
        }
        return new Statement.Like(
                context.relation(node.node("relation").orElse(TreeNode.EMPTY).body()), included, position);
    }

    /** A clause ends where the next one starts; COLLATE is one, but DEFERRABLE and its like belong to the clause before them. */
    private static int clauseEnd(int first, NavigableSet<Integer> starts, int last) {
        return starts.tailSet(first, false).stream()
                .findFirst()
                .map(next -> next - 1)
                .orElse(last);
    }

    private static boolean isAttribute(TreeNode clause) {
        return clause.string("contype").startsWith("CONSTR_ATTR_");
    }

    /** A column constraint's DEFERRABLE, NOT ENFORCED … are clauses of their own behind it. */
    private static List<String> followingAttributes(List<TreeNode> clauses, int index) {
        List<String> attributes = new ArrayList<>();
        for (int i = index + 1; i < clauses.size(); i++) {
            if (!isAttribute(clauses.get(i))) {
                break;
            }
            attributes.add(clauses.get(i).string("contype"));
        }
        return attributes;
    }

    /** A table constraint, from its place to the end of its element. */
    Optional<Constraint> tableConstraint(TreeNode node) {
        int first = context.tokens().at(context.offset(node));
        Span span = context.tokens().span(first, context.tokens().elementEnd(first));
        return constraint(node, List.of(), span, List.of());
    }

    private Optional<Constraint> constraint(
            TreeNode node, List<String> ownColumns, Span span, List<String> attributes) {
        Optional<Identifier> name = node.nonEmpty("conname").map(text -> {
            int keyword = context.tokens().atPlace(span.start());
            return context.identifier(text, context.tokens().span(keyword + 1, keyword + 1));
        });
        boolean notValid = node.flag("skip_validation");
        boolean enforced = !attributes.contains("CONSTR_ATTR_NOT_ENFORCED") && node.flag("is_enforced");
        return switch (node.string("contype")) {
            case "CONSTR_NOTNULL" ->
                Optional.of(new Constraint.NotNull(
                        name,
                        ownColumns.isEmpty() ? firstOr(context.columns(node, "keys"), "") : ownColumns.get(0),
                        notValid,
                        node.flag("is_no_inherit"),
                        span));
            case "CONSTR_CHECK" ->
                Optional.of(new Constraint.Check(
                        name, expression(node, "raw_expr"), notValid, enforced, node.flag("is_no_inherit"), span));
            case "CONSTR_PRIMARY" ->
                Optional.of(new Constraint.PrimaryKey(
                        name,
                        keys(node, ownColumns),
                        context.columns(node, "including"),
                        node.nonEmpty("indexname").map(context::column),
                        node.flag("without_overlaps"),
                        deferral(node, attributes),
                        span));
            case "CONSTR_UNIQUE" ->
                Optional.of(new Constraint.Unique(
                        name,
                        keys(node, ownColumns),
                        context.columns(node, "including"),
                        node.nonEmpty("indexname").map(context::column),
                        node.flag("nulls_not_distinct"),
                        node.flag("without_overlaps"),
                        deferral(node, attributes),
                        span));
            case "CONSTR_FOREIGN" ->
                Optional.of(new Constraint.ForeignKey(
                        name,
                        ownColumns.isEmpty() ? context.columns(node, "fk_attrs") : ownColumns,
                        context.relation(
                                node.node("pktable").orElse(TreeNode.EMPTY).body()),
                        context.columns(node, "pk_attrs"),
                        match(node.string("fk_matchtype")),
                        node.flag("fk_with_period"),
                        action(node.string("fk_del_action")),
                        action(node.string("fk_upd_action")),
                        notValid,
                        enforced,
                        deferral(node, attributes),
                        span));
            case "CONSTR_EXCLUSION" ->
                Optional.of(new Constraint.Exclusion(
                        name,
                        node.nonEmpty("access_method").orElse("btree"),
                        node.list("exclusions").stream().map(this::exclusion).toList(),
                        context.columns(node, "including"),
                        node.node("where_clause").map(expressions::map),
                        deferral(node, attributes),
                        span));
            default -> Optional.empty();
        };
    }

    /** An exclusion's element is a pair: the key, and the operator's name. */
    private Constraint.Exclusion.Element exclusion(TreeNode pair) {
        List<TreeNode> items = pair.body().list("items");
        List<String> operator = items.size() < 2 ? List.of() : MappingContext.nameParts(items.get(1));
        return new Constraint.Exclusion.Element(
                expressions.key(items.isEmpty() ? TreeNode.EMPTY : items.get(0).body()),
                operator.isEmpty() ? "" : operator.get(operator.size() - 1));
    }

    private static Constraint.Match match(String code) {
        return switch (code) {
            case "f" -> Constraint.Match.FULL;
            case "p" -> Constraint.Match.PARTIAL;
            default -> Constraint.Match.SIMPLE;
        };
    }

    private List<String> keys(TreeNode node, List<String> ownColumns) {
        return ownColumns.isEmpty() ? context.columns(node, "keys") : ownColumns;
    }

    private static String firstOr(List<String> list, String otherwise) {
        return list.isEmpty() ? otherwise : list.get(0);
    }

    private Expression expression(TreeNode node, String field) {
        return node.node(field).map(expressions::map).orElse(new Expression.Other("", List.of()));
    }

    static Deferral deferral(TreeNode node, List<String> attributes) {
        if (node.flag("initdeferred") || attributes.contains("CONSTR_ATTR_DEFERRED")) {
            return Deferral.INITIALLY_DEFERRED;
        }
        return node.flag("deferrable") || attributes.contains("CONSTR_ATTR_DEFERRABLE")
                ? Deferral.DEFERRABLE
                : Deferral.NOT_DEFERRABLE;
    }

    private static ReferentialAction action(String code) {
        return switch (code) {
            case "r" -> ReferentialAction.RESTRICT;
            case "c" -> ReferentialAction.CASCADE;
            case "n" -> ReferentialAction.SET_NULL;
            case "d" -> ReferentialAction.SET_DEFAULT;
            default -> ReferentialAction.NO_ACTION;
        };
    }
}
