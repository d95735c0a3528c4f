package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Identifier;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.text.Span;
import dev.lockstep.text.Utf8Offsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What mapping one statement needs besides its tree.
 *
 * @param offsets from the byte offsets of the text the parser was given
 * @param written turns the stand-in of a placeholder back into what the file says
 * @param variables those of the code around the statement
 */
record MappingContext(TokenIndex tokens, Utf8Offsets offsets, UnaryOperator<String> written, Set<String> variables) {

    int offset(TreeNode node) {
        return offsets.utf16(Math.max(0, node.integer("location")));
    }

    /** The relation of a {@code RangeVar}. */
    ObjectName relation(TreeNode rangeVar) {
        return new ObjectName(
                rangeVar.nonEmpty("schemaname").map(written),
                written.apply(rangeVar.string("relname")),
                tokens.nameAt(offset(rangeVar)));
    }

    /** A dotted name from its parts; a database name before the schema is dropped, as it can only be the current one. */
    ObjectName name(List<String> parts, Span span) {
        int last = parts.size() - 1;
        Optional<String> schema = last > 0 ? Optional.of(written.apply(parts.get(last - 1))) : Optional.empty();
        return new ObjectName(schema, last < 0 ? "" : written.apply(parts.get(last)), span);
    }

    /** A name the tree gives no location for: where its first part stands at or after token {@code from}, else the statement. */
    ObjectName name(List<String> parts, int from) {
        Span span = parts.isEmpty()
                ? tokens.statement()
                : tokens.identifier(parts.get(0), from)
                        .map(first -> tokens.span(first, tokens.nameEnd(first)))
                        .orElse(tokens.statement());
        return name(parts, span);
    }

    Identifier identifier(String name, Span span) {
        return new Identifier(written.apply(name), span);
    }

    /** Whether a name as written, possibly qualified, is a variable's, or that of a field of one. */
    boolean isVariable(List<String> parts) {
        return !parts.isEmpty()
                && variables.contains(parts.get(0))
                && !parts.get(parts.size() - 1).equals("*");
    }

    String column(String name) {
        return written.apply(name);
    }

    List<String> columns(TreeNode node, String field) {
        return node.strings(field).stream().map(written).toList();
    }

    /** A {@code RoleSpec}, wrapped or not; the special roles go by their keywords in lower case. */
    String role(TreeNode node) {
        TreeNode role = node.body();
        return switch (role.string("roletype")) {
            case "ROLESPEC_CURRENT_ROLE" -> "current_role";
            case "ROLESPEC_CURRENT_USER" -> "current_user";
            case "ROLESPEC_SESSION_USER" -> "session_user";
            case "ROLESPEC_PUBLIC" -> "public";
            default -> written.apply(role.string("rolename"));
        };
    }

    List<String> roles(TreeNode node, String field) {
        return node.list(field).stream().map(this::role).toList();
    }

    List<ObjectName> relations(TreeNode node, String field) {
        return node.list(field).stream()
                .map(relation -> relation(relation.body()))
                .toList();
    }

    /** The relations of {@code field} that are written with ONLY. */
    Set<ObjectName> only(TreeNode node, String field) {
        return node.list(field).stream()
                .map(TreeNode::body)
                .filter(relation -> !relation.flag("inh"))
                .map(this::relation)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The relation in a field that may be absent. */
    Optional<ObjectName> relationIn(TreeNode node, String field) {
        return node.node(field).map(relation -> relation(relation.body()));
    }

    /** A name the tree gives no location for, as an identifier. */
    Identifier identifierAfter(String name, int from) {
        return identifier(
                name,
                tokens.identifier(name, from).map(at -> tokens.span(at, at)).orElse(tokens.statement()));
    }

    /** The parts of a name in any of the shapes the grammar gives it: a list, a string, a type, a function with arguments. */
    static List<String> nameParts(TreeNode object) {
        TreeNode body = object.body();
        return switch (object.tag()) {
            case "List" ->
                body.list("items").stream()
                        .flatMap(item -> nameParts(item).stream())
                        .toList();
            case "String" -> List.of(body.string("sval"));
            case "TypeName" -> body.strings("names");
            case "ObjectWithArgs" -> body.strings("objname");
            default -> List.of();
        };
    }
}
