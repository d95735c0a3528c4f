package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.liquibase.LocatedText.Part;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads XML with the place of every character, which the JDK's readers don't keep, and reads on after an error. It knows no entities but
 * XML's own five and character references: there is nothing that a document could make it load.
 */
final class XmlReader {

    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");

    private final SourceText file;
    private final String content;
    private final List<Lost> lost = new ArrayList<>();
    private final Set<Integer> said = new HashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<ChangeLogNode> roots = new ArrayList<>();
    private int at;

    /** An element whose end tag is still to come. */
    private static final class Open {

        private final String qualifiedName;
        private final Span tag;
        private final List<Part> text = new ArrayList<>();
        private final List<ChangeLogNode> children = new ArrayList<>();

        Open(String qualifiedName, Span tag) {
            this.qualifiedName = qualifiedName;
            this.tag = tag;
        }
    }

    private XmlReader(SourceText file) {
        this.file = file;
        this.content = file.content();
    }

    static ChangeLogFile read(SourceText file) {
        XmlReader reader = new XmlReader(file);
        reader.read();
        return reader.roots.stream()
                .findFirst()
                .map(root -> new ChangeLogFile(root, reader.lost))
                .orElseGet(() -> ChangeLogFile.empty(file, reader.lost));
    }

    private void read() {
        while (at < content.length()) {
            int markup = content.indexOf('<', at);
            text(markup < 0 ? content.length() : markup);
            if (markup >= 0) {
                markup();
            }
        }
        while (!open.isEmpty()) {
            lose(open.element().tag, "XML: <" + open.element().qualifiedName + "> is never closed");
            close();
        }
        if (roots.isEmpty()) {
            lose(new Span(0, 0), "XML: no element");
        }
    }

    private void markup() {
        if (content.startsWith("<!--", at)) {
            comment();
        } else if (content.startsWith("<![CDATA[", at)) {
            int start = at + "<![CDATA[".length();
            int end = past("]]>", "CDATA section");
            add(LocatedText.copied(file, start, Math.max(start, end)));
        } else if (content.startsWith("<?", at)) {
            past("?>", "processing instruction");
        } else if (content.startsWith("<!", at)) {
            declaration();
        } else if (content.startsWith("</", at)) {
            endTag();
        } else {
            startTag();
        }
    }

    /** Moves past {@code mark}, and returns where it starts; the end of the file if it is missing. */
    private int past(String mark, String what) {
        int start = at;
        int end = content.indexOf(mark, at);
        at = end < 0 ? content.length() : end + mark.length();
        if (end < 0) {
            lose(lineOf(start), "XML: a " + what + " is never closed");
        }
        return end < 0 ? content.length() : end;
    }

    private void comment() {
        int start = at + "<!--".length();
        int end = Math.max(start, past("-->", "comment"));
        if (!open.isEmpty() && content.substring(start, end).strip().startsWith(ChangeLogNode.COMMENT_MARK)) {
            Place place = new Place(file, new Span(start, end));
            LocatedText body = LocatedText.copy(file, start, end);
            open.element().children.add(ChangeLogNode.attribute(ChangeLogNode.COMMENT, body, place));
        }
    }

    /** A document type may name entities in other files; it is not looked into. */
    private void declaration() {
        int start = at;
        int depth = 0;
        while (at < content.length()) {
            char c = content.charAt(at++);
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '>' && depth <= 0) {
                break;
            }
        }
        lose(lineOf(start), "XML: a document type declaration (not looked into)");
    }

    private void startTag() {
        int start = at++;
        String name = name();
        if (name.isEmpty()) {
            lose(new Span(start, at), "XML: a < that starts no tag");
            add(LocatedText.copied(file, start, at));
            return;
        }
        List<ChangeLogNode> attributes = attributes(start);
        boolean empty = content.startsWith("/>", at);
        at = Math.min(content.length(), at + (empty ? 2 : 1));
        Open element = new Open(name, new Span(start, at));
        element.children.addAll(attributes);
        open.push(element);
        if (empty) {
            close();
        }
    }

    private List<ChangeLogNode> attributes(int tag) {
        List<ChangeLogNode> attributes = new ArrayList<>();
        while (true) {
            skipSpace();
            if (at >= content.length() || content.charAt(at) == '<') {
                lose(new Span(tag, at), "XML: a tag is never closed");
                at--;
                return attributes;
            }
            if (content.charAt(at) == '>' || content.startsWith("/>", at)) {
                return attributes;
            }
            attribute(attributes);
        }
    }

    private void attribute(List<ChangeLogNode> attributes) {
        int start = at;
        String name = name();
        skipSpace();
        boolean equals = at < content.length() && content.charAt(at) == '=';
        at += equals ? 1 : 0;
        skipSpace();
        char quote = at < content.length() ? content.charAt(at) : ' ';
        int end = quote == '"' || quote == '\'' ? content.indexOf(quote, at + 1) : -1;
        if (name.isEmpty() || !equals || end < 0) {
            at = Math.max(at, start + 1);
            lose(new Span(start, at), "XML: not an attribute");
            return;
        }
        List<Part> value = new ArrayList<>();
        at++;
        characters(end, value, true);
        at = end + 1;
        if (attributes.stream().anyMatch(earlier -> earlier.name().equals(local(name)))) {
            lose(new Span(start, at), "XML: attribute " + name + " stands here twice");
        } else if (!name.equals("xmlns") && !name.startsWith("xmlns:") && !name.startsWith("xsi:")) {
            Place place = new Place(file, new Span(start, at));
            attributes.add(ChangeLogNode.attribute(local(name), new LocatedText(value), place));
        }
    }

    private void endTag() {
        int start = at;
        at += 2;
        String name = name();
        skipSpace();
        at += at < content.length() && content.charAt(at) == '>' ? 1 : 0;
        if (open.stream().noneMatch(element -> element.qualifiedName.equals(name))) {
            lose(new Span(start, at), "XML: </" + name + "> closes nothing");
            return;
        }
        while (!open.element().qualifiedName.equals(name)) {
            lose(open.element().tag, "XML: <" + open.element().qualifiedName + "> is never closed");
            close();
        }
        close();
    }

    private void close() {
        Open element = open.pop();
        ChangeLogNode node = new ChangeLogNode(
                local(element.qualifiedName),
                new LocatedText(element.text),
                element.children,
                new Place(file, element.tag));
        if (open.isEmpty()) {
            roots.add(node);
        } else {
            open.element().children.add(node);
        }
    }

    private void text(int end) {
        List<Part> parts = new ArrayList<>();
        characters(end, parts, false);
        parts.forEach(this::add);
    }

    private void add(Part part) {
        if (!open.isEmpty() && !part.text().isEmpty()) {
            open.element().text.add(part);
        }
    }

    /** Reads up to {@code end}, with references resolved. In an attribute a line break is a blank. */
    private void characters(int end, List<Part> parts, boolean attribute) {
        int from = at;
        while (at < end) {
            char c = content.charAt(at);
            boolean reference = c == '&';
            boolean breaks = attribute && (c == '\n' || c == '\r' || c == '\t');
            if (!reference && !breaks) {
                at++;
                continue;
            }
            copy(from, at, parts);
            if (reference) {
                reference(end, parts);
            } else {
                int width = content.startsWith("\r\n", at) ? 2 : 1;
                parts.add(LocatedText.standIn(" ", file, at, at + width));
                at += width;
            }
            from = at;
        }
        copy(from, end, parts);
    }

    private void copy(int from, int to, List<Part> parts) {
        if (from < to) {
            parts.add(LocatedText.copied(file, from, to));
        }
    }

    private void reference(int end, List<Part> parts) {
        int start = at;
        int semicolon = content.indexOf(';', at);
        if (semicolon < 0
                || semicolon >= end
                || !content.substring(at + 1, semicolon).matches("#?\\w+")) {
            at++;
            lose(new Span(start, at), "XML: an & that starts no reference");
            parts.add(LocatedText.copied(file, start, at));
            return;
        }
        String name = content.substring(at + 1, semicolon);
        at = semicolon + 1;
        String meaning = name.startsWith("#") ? character(name) : ENTITIES.getOrDefault(name, "");
        if (meaning.isEmpty()) {
            lose(new Span(start, at), "XML: entity &" + name + "; (not loaded)");
            return;
        }
        parts.add(LocatedText.standIn(meaning, file, start, at));
    }

    private static String character(String reference) {
        try {
            int point = reference.startsWith("#x")
                    ? Integer.parseInt(reference.substring(2), 16)
                    : Integer.parseInt(reference.substring(1));
            return Character.isValidCodePoint(point) && point > 0 ? Character.toString(point) : "";
        } catch (NumberFormatException notANumber) {
            return "";
        }
    }

    private String name() {
        int start = at;
        while (at < content.length() && isNamePart(content.charAt(at), at == start)) {
            at++;
        }
        return content.substring(start, at);
    }

    private static boolean isNamePart(char c, boolean first) {
        boolean starts = Character.isLetter(c) || c == '_' || c == ':';
        return starts || !first && (Character.isDigit(c) || c == '-' || c == '.');
    }

    private static String local(String qualifiedName) {
        return qualifiedName.substring(qualifiedName.indexOf(':') + 1);
    }

    private void skipSpace() {
        while (at < content.length() && Character.isWhitespace(content.charAt(at))) {
            at++;
        }
    }

    private Span lineOf(int start) {
        int end = content.indexOf('\n', start);
        return new Span(start, end < 0 ? content.length() : end);
    }

    /** What was said of the same place already is not said again. */
    private void lose(Span span, String what) {
        if (said.add(span.start())) {
            lost.add(new Lost(new Place(file, span), what));
        }
    }
}
