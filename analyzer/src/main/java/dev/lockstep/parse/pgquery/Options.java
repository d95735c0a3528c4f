package dev.lockstep.parse.pgquery;

import dev.lockstep.sql.Option;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The grammar's {@code DefElem}s. */
final class Options {

    private Options() {}

    /** The options in a field of a node: a list, or a wrapped {@code List}. */
    static List<Option> of(TreeNode node, String field) {
        List<TreeNode> elements = node.has(field) && node.node(field).isPresent()
                ? items(node.node(field).get())
                : node.list(field);
        return elements.stream().map(TreeNode::body).map(Options::option).toList();
    }

    private static List<TreeNode> items(TreeNode list) {
        return list.body().list("items");
    }

    private static Option option(TreeNode element) {
        String namespace =
                element.nonEmpty("defnamespace").map(prefix -> prefix + ".").orElse("");
        return new Option(
                namespace + element.string("defname").toLowerCase(Locale.ROOT),
                element.node("arg").map(Options::text));
    }

    /** The argument of the element named {@code name}. */
    static Optional<TreeNode> argument(TreeNode node, String field, String name) {
        return node.list(field).stream()
                .map(TreeNode::body)
                .filter(element -> element.string("defname").equals(name))
                .findFirst()
                .flatMap(element -> element.node("arg"));
    }

    static Optional<String> value(List<Option> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .flatMap(Option::value);
    }

    static boolean isOn(List<Option> options, String name) {
        return options.stream().anyMatch(option -> option.name().equals(name) && option.isOn());
    }

    static String text(TreeNode argument) {
        TreeNode body = argument.body();
        return switch (argument.tag()) {
            case "Integer" -> String.valueOf(body.integer("ival"));
            case "Float" -> body.string("fval");
            case "Boolean" -> String.valueOf(body.flag("boolval"));
            case "String" -> body.string("sval");
            case "TypeName" -> String.join(".", body.strings("names"));
            case "List" -> items(argument).stream().map(Options::text).collect(Collectors.joining("."));
            default -> "";
        };
    }
}
