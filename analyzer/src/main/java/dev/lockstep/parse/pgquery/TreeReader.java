package dev.lockstep.parse.pgquery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the parser's JSON into {@link TreeNode}s, without recursion: expressions nest as deep as people write them. */
final class TreeReader {

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The root object: {@code version} and {@code stmts}. */
    TreeNode read(byte[] json) {
        TreeNode holder = new TreeNode();
        Deque<Object> open = new ArrayDeque<>();
        Deque<String> fields = new ArrayDeque<>();
        Object current = holder;
        String field = "root";
        try (JsonParser parser = factory.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> field = parser.currentName();
                    case START_OBJECT, START_ARRAY -> {
                        Object child = token == JsonToken.START_OBJECT ? new TreeNode() : new ArrayList<TreeNode>();
                        put(current, field, child);
                        open.push(current);
                        fields.push(field);
                        current = child;
                    }
                    case END_OBJECT, END_ARRAY -> {
                        current = open.pop();
                        field = fields.pop();
                    }
                    case VALUE_STRING -> put(current, field, parser.getText());
                    case VALUE_TRUE -> put(current, field, true);
                    case VALUE_FALSE -> put(current, field, false);
                    case VALUE_NUMBER_INT -> put(current, field, parser.getLongValue());
                    default -> {}
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the parser's own JSON is malformed", unreadable);
        }
        return holder.node("root").orElse(TreeNode.EMPTY);
    }

    private static void put(Object parent, String field, Object value) {
        if (parent instanceof TreeNode node) {
            node.add(field, value);
        } else if (value instanceof TreeNode node) {
            items(parent).add(node);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<TreeNode> items(Object list) {
        return (List<TreeNode>) list;
    }
}
