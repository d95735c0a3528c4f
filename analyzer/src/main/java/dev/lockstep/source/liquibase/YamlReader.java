package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.liquibase.LocatedText.Part;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML, and JSON, which Liquibase reads as YAML too. Nothing is constructed from it but this package's own tree. */
final class YamlReader {

    /** Aliases can make a small file mean a huge tree. */
    private static final int MOST_NODES = 1_000_000;

    private static final int MOST_BROKEN_ENTRIES = 50;

    private static final Pattern ENTRY = Pattern.compile("(?m)^( *)- ");

    private final SourceText file;
    private final int[] offsets;
    private final List<Lost> lost = new ArrayList<>();
    private int nodes;

    private YamlReader(SourceText file) {
        this.file = file;
        this.offsets = offsets(file.content());
    }

    static ChangeLogFile read(SourceText file) {
        YamlReader reader = new YamlReader(file);
        return reader.root(reader.compose())
                .map(root -> new ChangeLogFile(root, reader.lost))
                .orElseGet(() -> ChangeLogFile.empty(file, reader.lost));
    }

    /** The values of a settings file by their dotted keys. */
    static Map<String, String> flattened(SourceText file) {
        YamlReader reader = new YamlReader(file);
        Map<String, String> values = new TreeMap<>();
        reader.compose()
                .filter(MappingNode.class::isInstance)
                .ifPresent(document ->
                        reader.entries((MappingNode) document, 0).forEach(entry -> flatten("", entry, values)));
        return values;
    }

    private static void flatten(String prefix, ChangeLogNode entry, Map<String, String> values) {
        String key = prefix + entry.name();
        if (!entry.value().isBlank()) {
            values.putIfAbsent(key, entry.value().text().strip());
        }
        entry.children().forEach(child -> flatten(key + ".", child, values));
    }

    /** An entry of the changelog that breaks the document is taken out, and the rest read again. */
    private Optional<Node> compose() {
        StringBuilder text = new StringBuilder(file.content());
        Map<Span, Lost> broken = new LinkedHashMap<>();
        while (true) {
            try {
                Optional<Node> document = composed(text);
                return broken.size() < 2 ? kept(document, broken) : withoutTheInnocent(text, document, broken);
            } catch (MarkedYAMLException error) {
                Optional<Span> entry = entryAround(text, offset(error));
                Lost why = lost(entry.orElse(new Span(0, 0)), error);
                if (entry.isEmpty() || broken.size() == MOST_BROKEN_ENTRIES) {
                    lost.add(why);
                    return Optional.empty();
                }
                broken.put(entry.get(), why);
                blank(text, entry.get());
            } catch (YAMLException error) {
                lose(new Span(0, 0), "YAML: " + firstLine(error));
                return Optional.empty();
            }
        }
    }

    private static Optional<Node> composed(CharSequence text) {
        return Optional.ofNullable(yaml().compose(new StringReader(text.toString())));
    }

    private Optional<Node> kept(Optional<Node> document, Map<Span, Lost> broken) {
        lost.addAll(broken.values());
        return document;
    }

    /** An entry that was taken out because an earlier one ran into it is put back. */
    private Optional<Node> withoutTheInnocent(StringBuilder text, Optional<Node> document, Map<Span, Lost> broken) {
        Optional<Node> best = document;
        for (Span entry : List.copyOf(broken.keySet())) {
            String blank = text.substring(entry.start(), entry.end());
            text.replace(entry.start(), entry.end(), file.text(entry));
            try {
                best = composed(text);
                broken.remove(entry);
            } catch (YAMLException guilty) {
                text.replace(entry.start(), entry.end(), blank);
            }
        }
        return kept(best, broken);
    }

    private Lost lost(Span entry, MarkedYAMLException error) {
        int at = error.getProblemMark() == null ? 0 : offset(error.getProblemMark());
        return new Lost(
                new Place(file, entry),
                "YAML: " + error.getProblem() + " (line " + file.position(at).line() + ")");
    }

    /** What is never closed is met at the end, and stands where it was opened. */
    private int offset(MarkedYAMLException error) {
        String context = String.valueOf(error.getContext());
        Mark opened = error.getContextMark();
        boolean unclosed = opened != null && (context.contains("quoted") || context.contains("flow"));
        Mark mark = unclosed ? opened : error.getProblemMark();
        return mark == null ? 0 : offset(mark);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Yaml(new SafeConstructor(options));
    }

    private static String firstLine(Exception error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    /** The entry of the outermost list that the error was met in. */
    private static Optional<Span> entryAround(CharSequence text, int offset) {
        Matcher entries = ENTRY.matcher(text);
        if (!entries.find()) {
            return Optional.empty();
        }
        String indent = entries.group(1);
        int start = entries.start();
        while (entries.find()) {
            if (!entries.group(1).equals(indent)) {
                continue;
            }
            if (entries.start() > offset) {
                return Optional.of(new Span(start, entries.start()));
            }
            start = entries.start();
        }
        return Optional.of(new Span(start, text.length()));
    }

    private static void blank(StringBuilder text, Span span) {
        for (int i = span.start(); i < span.end(); i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }

    private Optional<ChangeLogNode> root(Optional<Node> document) {
        if (document.filter(MappingNode.class::isInstance).isEmpty()) {
            return Optional.empty();
        }
        return entries((MappingNode) document.get(), 0).stream()
                .filter(entry -> entry.name().equals(ChangeLogFile.ROOT))
                .findFirst();
    }

    private List<ChangeLogNode> entries(MappingNode mapping, int depth) {
        List<ChangeLogNode> entries = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                comments(key, entries);
                if (key.getTag().equals(Tag.MERGE)) {
                    entries.addAll(flattened(tuple.getValueNode(), depth + 1));
                } else {
                    entries.add(entry(key, tuple.getValueNode(), depth + 1));
                }
            }
        }
        return entries;
    }

    private ChangeLogNode entry(ScalarNode key, Node value, int depth) {
        Place place = new Place(file, span(key));
        LocatedText text = value instanceof ScalarNode scalar ? scalar(scalar) : firstScalar(value);
        return new ChangeLogNode(key.getValue(), text, flattened(value, depth), place);
    }

    /** The children of a value: of a list those of all its entries. */
    private List<ChangeLogNode> flattened(Node value, int depth) {
        if (++nodes > MOST_NODES || depth > 100) {
            if (nodes <= MOST_NODES + 1) {
                lose(new Span(0, 0), "YAML: aliases make this too large to read");
                nodes = MOST_NODES + 1;
            }
            return List.of();
        }
        if (value instanceof MappingNode mapping) {
            return entries(mapping, depth);
        }
        List<ChangeLogNode> children = new ArrayList<>();
        if (value instanceof SequenceNode sequence) {
            sequence.getValue().forEach(part -> children.addAll(flattened(part, depth + 1)));
        }
        return children;
    }

    /** Of a list of values, such as statements of a rollback, all, one after another. */
    private LocatedText firstScalar(Node value) {
        LocatedText all = LocatedText.EMPTY;
        if (value instanceof SequenceNode sequence) {
            for (Node part : sequence.getValue()) {
                if (part instanceof ScalarNode scalar) {
                    all = all.isBlank()
                            ? scalar(scalar)
                            : all.plus(separator(scalar)).plus(scalar(scalar));
                }
            }
        }
        return all;
    }

    private LocatedText separator(ScalarNode next) {
        int start = offset(next.getStartMark());
        return new LocatedText(List.of(LocatedText.standIn(";\n", file, start, start)));
    }

    /** Our own comments on the lines just above a key. */
    private void comments(ScalarNode key, List<ChangeLogNode> entries) {
        List<ChangeLogNode> found = new ArrayList<>();
        for (int line = file.position(span(key).start()).line() - 1; line > 0; line--) {
            Span whole = file.line(line);
            String text = file.text(whole);
            String body = text.strip();
            if (!body.startsWith("#")) {
                break;
            }
            int start = whole.start() + text.indexOf('#') + 1;
            if (body.substring(1).strip().startsWith(ChangeLogNode.COMMENT_MARK)) {
                Place place = new Place(file, new Span(start, whole.end()));
                found.add(
                        0,
                        ChangeLogNode.attribute(
                                ChangeLogNode.COMMENT, LocatedText.copy(file, start, whole.end()), place));
            }
        }
        entries.addAll(found);
    }

    private LocatedText scalar(ScalarNode scalar) {
        boolean nothing = scalar.getTag().equals(Tag.NULL) && scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return nothing ? LocatedText.EMPTY : new Alignment(file, span(scalar)).of(scalar.getValue());
    }

    private Span span(Node node) {
        return new Span(offset(node.getStartMark()), offset(node.getEndMark()));
    }

    /** A mark counts code points. */
    private int offset(Mark mark) {
        return offsets[Math.min(mark.getIndex(), offsets.length - 1)];
    }

    private static int[] offsets(String content) {
        int[] offsets = new int[content.codePointCount(0, content.length()) + 1];
        int at = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at += at < content.length() ? Character.charCount(content.codePointAt(at)) : 0;
        }
        return offsets;
    }

    private void lose(Span span, String what) {
        lost.add(new Lost(new Place(file, span), what));
    }

    /** Finds a scalar's value in the text that means it: all but escapes, and the indentation of blocks, stands there verbatim. */
    private static final class Alignment {

        private final SourceText file;
        private final int end;
        private final List<Part> parts = new ArrayList<>();
        private int at;
        private int copiedFrom;

        Alignment(SourceText file, Span span) {
            this.file = file;
            this.at = span.start();
            this.end = span.end();
            char first = at < end ? file.content().charAt(at) : ' ';
            if (first == '|' || first == '>') {
                int line = file.content().indexOf('\n', at);
                at = line < 0 ? end : line + 1;
            } else if (first == '"' || first == '\'') {
                at++;
            }
            copiedFrom = at;
        }

        LocatedText of(String value) {
            String content = file.content();
            for (int i = 0; i < value.length(); i++) {
                char wanted = value.charAt(i);
                int skipped = wanted == '\n' || wanted == ' ' ? at : pastBlanks(wanted);
                if (skipped != at) {
                    flush();
                    at = skipped;
                    copiedFrom = at;
                }
                if (at < end && content.charAt(at) == wanted) {
                    at++;
                } else if (at < end && (content.charAt(at) == '\\' || Character.isWhitespace(content.charAt(at)))) {
                    flush();
                    escape(wanted);
                } else {
                    flush();
                    parts.add(LocatedText.standIn(value.substring(i), file, Math.min(at, end), end));
                    return new LocatedText(parts);
                }
            }
            flush();
            return new LocatedText(parts);
        }

        /** Past the indentation in front of a character, or the second half of a doubled quote. */
        private int pastBlanks(char wanted) {
            String content = file.content();
            boolean doubled = at > 0 && at < end && wanted != '\'' && content.startsWith("\'\'", at - 1);
            int blanks = doubled ? at + 1 : at;
            while (blanks < end && content.charAt(blanks) != wanted && Character.isWhitespace(content.charAt(blanks))) {
                blanks++;
            }
            return blanks;
        }

        private void escape(char meant) {
            int from = at;
            boolean escaped = file.content().charAt(at) == '\\';
            int width = !escaped ? 1 : at + 1 < end && file.content().charAt(at + 1) == 'u' ? 6 : 2;
            at = Math.min(end, at + width);
            parts.add(LocatedText.standIn(String.valueOf(meant), file, from, at));
            copiedFrom = at;
        }

        private void flush() {
            if (copiedFrom < at) {
                parts.add(LocatedText.copied(file, copiedFrom, at));
            }
            copiedFrom = at;
        }
    }
}
