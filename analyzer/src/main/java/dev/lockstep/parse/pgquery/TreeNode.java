package dev.lockstep.parse.pgquery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One object of the JSON parse tree. Fields that hold their zero value are left out of the JSON, so absence reads as zero. A field of
 * the grammar's type {@code Node} holds a wrapper with one capitalised field: its {@link #tag()}.
 */
final class TreeNode {

    static final TreeNode EMPTY = new TreeNode();

    private String[] names = new String[6];
    private Object[] values = new Object[6];
    private int size;

    /** Only the reader adds; a tree that left the reader is never changed. */
    void add(String name, Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** The node type of a wrapper, empty for any other object. */
    String tag() {
        return size == 1 && values[0] instanceof TreeNode && Character.isUpperCase(names[0].charAt(0)) ? names[0] : "";
    }

    /** What a wrapper wraps; any other object is its own body. */
    TreeNode body() {
        return tag().isEmpty() ? this : (TreeNode) values[0];
    }

    boolean has(String name) {
        return value(name).isPresent();
    }

    String string(String name) {
        return value(name)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .orElse("");
    }

    Optional<String> nonEmpty(String name) {
        return Optional.of(string(name)).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) {
        return value(name).filter(Boolean.TRUE::equals).isPresent();
    }

    int integer(String name) {
        return value(name)
                .filter(Number.class::isInstance)
                .map(number -> ((Number) number).intValue())
                .orElse(0);
    }

    /** The object in a field, as it stands: perhaps a wrapper. */
    Optional<TreeNode> node(String name) {
        return value(name).filter(TreeNode.class::isInstance).map(TreeNode.class::cast);
    }

    /** The objects in an array field; an absent field is an empty list. */
    List<TreeNode> list(String name) {
        return value(name).filter(List.class::isInstance).map(TreeNode::nodes).orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<TreeNode> nodes(Object list) {
        return (List<TreeNode>) list;
    }

    /** Every object directly inside this one, in order. */
    List<TreeNode> children() {
        List<TreeNode> children = new java.util.ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (values[i] instanceof TreeNode node) {
                children.add(node);
            } else if (values[i] instanceof List<?> list) {
                children.addAll(nodes(list));
            }
        }
        return children;
    }

    /** The strings of a list of {@code String} nodes: a qualified name, a column list. */
    List<String> strings(String name) {
        return list(name).stream().map(item -> item.body().string("sval")).toList();
    }

    private Optional<Object> value(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return Optional.of(values[i]);
            }
        }
        return Optional.empty();
    }
}
