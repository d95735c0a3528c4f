package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.source.liquibase.LocatedText.Part;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SQL files: those that start with {@code --liquibase formatted sql}, line by line as Liquibase does; any other is one changeset,
 * {@code raw::includeAll}.
 */
final class FormattedSqlReader {

    private static final Pattern FIRST_LINE = pattern("^\\s*--\\s*liquibase\\s*formatted.*");
    private static final Pattern PROPERTY = pattern("\\s*--\\s*property\\s+(.*:.*)\\s+(.*:.*).*");
    private static final Pattern CHANGE_SET =
            pattern("\\s*--\\s*changeset\\s+(\"[^\"]+\"|[^:]+):\\s*(\"[^\"]+\"|\\S+).*");
    private static final Pattern BROKEN_CHANGE_SET = pattern("(-\\s*changeset\\s.*|\\s*--\\s*changeset\\s*.*)");
    private static final Pattern ROLLBACK = pattern("\\s*--\\s*rollback (.*)");
    private static final Pattern ROLLBACK_BLOCK = pattern("\\s*/\\*\\s*liquibase\\s*rollback\\s*$");
    private static final Pattern ROLLBACK_BLOCK_END = pattern("(.*)\\s*\\*/\\s*$");
    private static final Pattern IGNORE_LINES = pattern("--\\s*ignoreLines:(\\w+)");
    private static final Pattern PRECONDITIONS = pattern("\\s*--\\s*preconditions(.*)");

    /** What stands in a changeset and is not SQL. */
    private static final Pattern INSTRUCTION =
            pattern("--\\s*(comments?:? |validCheckSum:? ).*|\\s*--\\s*precondition-.*");

    private static final Pattern ATTRIBUTE = pattern("\\b(\\w+):(\"[^\"]*\"|\\S*)");

    private static final String RAW_ID = "raw";
    private static final String RAW_AUTHOR = "includeAll";

    private final SourceText file;
    private final List<ChangeLogNode> root = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
    private Optional<Head> changeSet = Optional.empty();
    private final List<Span> sql = new ArrayList<>();
    private final List<Span> rollback = new ArrayList<>();
    private int line;

    /** The line that opens a changeset. */
    private record Head(Place place, List<ChangeLogNode> attributes) {}

    private FormattedSqlReader(SourceText file) {
        this.file = file;
    }

    private static Pattern pattern(String expression) {
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    /** Whether the first line with anything in it says so. */
    static boolean isFormatted(SourceText file) {
        return firstLine(file)
                .filter(line -> FIRST_LINE.matcher(file.text(line)).matches())
                .isPresent();
    }

    private static Optional<Span> firstLine(SourceText file) {
        for (int line = 1; line <= file.lineCount(); line++) {
            Span span = file.line(line);
            if (!file.text(span).isBlank()) {
                return Optional.of(span);
            }
        }
        return Optional.empty();
    }

    static ChangeLogFile read(SourceText file) {
        Place start = new Place(file, firstLine(file).orElse(new Span(0, 0)));
        if (!isFormatted(file)) {
            return new ChangeLogFile(
                    new ChangeLogNode(ChangeLogFile.ROOT, LocatedText.EMPTY, raw(file, start), start), List.of());
        }
        FormattedSqlReader reader = new FormattedSqlReader(file);
        reader.root.addAll(reader.attributes(start).stream()
                .filter(attribute -> attribute.name().equals("logicalFilePath"))
                .toList());
        reader.read();
        return new ChangeLogFile(
                new ChangeLogNode(ChangeLogFile.ROOT, LocatedText.EMPTY, reader.root, start), reader.lost);
    }

    private static List<ChangeLogNode> raw(SourceText file, Place start) {
        if (file.content().isBlank()) {
            return List.of();
        }
        ChangeLogNode change = new ChangeLogNode("sql", LocatedText.copy(file), List.of(), start);
        return List.of(new ChangeLogNode(
                "changeSet",
                LocatedText.EMPTY,
                List.of(attribute("id", RAW_ID, start), attribute("author", RAW_AUTHOR, start), change),
                start));
    }

    private static ChangeLogNode attribute(String name, String value, Place place) {
        Part part = new Part(value, place, false);
        return ChangeLogNode.attribute(name, new LocatedText(List.of(part)), place);
    }

    private void read() {
        for (line = 1; line <= file.lineCount(); line++) {
            Span span = file.line(line);
            String text = file.text(span);
            if (!text.contains("--") && !text.contains("/*") && !text.startsWith("-")) {
                addSql();
            } else if (PROPERTY.matcher(text).matches()) {
                root.add(new ChangeLogNode("property", LocatedText.EMPTY, attributes(place(span)), place(span)));
            } else if (IGNORE_LINES.matcher(text).matches()) {
                skip(text);
            } else if (CHANGE_SET.matcher(text).matches()) {
                end();
                begin(span, text);
            } else if (BROKEN_CHANGE_SET.matcher(text).matches()) {
                end();
                changeSet = Optional.empty();
                lost.add(new Lost(
                        place(span), "a changeset line that Liquibase refuses: it wants --changeset author:id"));
            } else {
                inChangeSet(span, text);
            }
        }
        end();
    }

    private void inChangeSet(Span span, String text) {
        Matcher undo = ROLLBACK.matcher(text);
        if (undo.matches()) {
            rollback.add(toNextLine(span.start() + undo.start(1)));
        } else if (ROLLBACK_BLOCK.matcher(text).matches()) {
            rollbackBlock();
        } else if (PRECONDITIONS.matcher(text).matches()
                || INSTRUCTION.matcher(text).matches()) {
            return;
        } else {
            addSql();
        }
    }

    private void rollbackBlock() {
        for (line++; line <= file.lineCount(); line++) {
            Span span = file.line(line);
            Matcher last = ROLLBACK_BLOCK_END.matcher(file.text(span));
            if (last.matches()) {
                rollback.add(new Span(span.start(), span.start() + last.end(1)));
                return;
            }
            rollback.add(toNextLine(span.start()));
        }
    }

    private void skip(String text) {
        Matcher ignore = IGNORE_LINES.matcher(text);
        if (!ignore.matches()) {
            return;
        }
        String count = ignore.group(1).toLowerCase(Locale.ROOT);
        if (count.equals("start")) {
            do {
                line++;
            } while (line <= file.lineCount() && !endsIgnoring(file.text(file.line(line))));
        } else if (count.matches("\\d{1,9}")) {
            line = (int) Math.min(file.lineCount(), (long) line + Integer.parseInt(count));
        }
    }

    private static boolean endsIgnoring(String text) {
        Matcher mark = IGNORE_LINES.matcher(text);
        return mark.matches() && mark.group(1).equals("end");
    }

    private void begin(Span span, String text) {
        Matcher head = CHANGE_SET.matcher(text);
        if (!head.matches()) {
            return;
        }
        Place place = place(span);
        List<ChangeLogNode> attributes = new ArrayList<>(attributes(place));
        attributes.removeIf(attribute -> !NAMES.containsValue(attribute.name()));
        attributes.add(attribute("author", unquoted(head.group(1)), place));
        attributes.add(attribute("id", unquoted(head.group(2)), place));
        changeSet = Optional.of(new Head(place, attributes));
    }

    /** The {@code name:value} pairs of a line. */
    private List<ChangeLogNode> attributes(Place place) {
        List<ChangeLogNode> attributes = new ArrayList<>();
        String text = file.text(place.span());
        Matcher pairs = ATTRIBUTE.matcher(text);
        while (pairs.find()) {
            attributes.add(attribute(canonical(pairs.group(1)), unquoted(pairs.group(2)), place));
        }
        return attributes;
    }

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("splitstatements", "splitStatements"),
            Map.entry("enddelimiter", "endDelimiter"),
            Map.entry("stripcomments", "stripComments"),
            Map.entry("rollbacksplitstatements", "rollbackSplitStatements"),
            Map.entry("rollbackenddelimiter", "rollbackEndDelimiter"),
            Map.entry("runonchange", "runOnChange"),
            Map.entry("runalways", "runAlways"),
            Map.entry("runintransaction", "runInTransaction"),
            Map.entry("contextfilter", "contextFilter"),
            Map.entry("context", "context"),
            Map.entry("labels", "labels"),
            Map.entry("dbms", "dbms"),
            Map.entry("ignore", "ignore"),
            Map.entry("logicalfilepath", "logicalFilePath"));

    private static String canonical(String name) {
        return NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private void addSql() {
        Span whole = toNextLine(file.line(line).start());
        int last = sql.size() - 1;
        if (last >= 0 && sql.get(last).end() == whole.start()) {
            sql.set(last, sql.get(last).union(whole));
        } else {
            sql.add(whole);
        }
    }

    /** From an offset in the current line. */
    private Span toNextLine(int start) {
        return new Span(start, line < file.lineCount() ? file.line(line + 1).start() : file.length());
    }

    private LocatedText text(List<Span> spans) {
        return new LocatedText(spans.stream()
                .map(span -> LocatedText.copied(file, span.start(), span.end()))
                .toList());
    }

    private void end() {
        changeSet.ifPresent(head -> {
            List<ChangeLogNode> children = new ArrayList<>(head.attributes());
            List<ChangeLogNode> reading = head.attributes().stream()
                    .filter(attribute -> attribute.name().matches("splitStatements|endDelimiter|stripComments"))
                    .toList();
            children.add(new ChangeLogNode("sql", text(sql), reading, head.place()));
            if (!rollback.isEmpty()) {
                LocatedText undo = text(rollback);
                children.add(new ChangeLogNode("rollback", undo, undoReading(head), undo.place()));
            }
            root.add(new ChangeLogNode("changeSet", LocatedText.EMPTY, children, head.place()));
        });
        sql.clear();
        rollback.clear();
    }

    private static List<ChangeLogNode> undoReading(Head head) {
        return head.attributes().stream()
                .filter(attribute -> attribute.name().startsWith("rollback"))
                .map(attribute -> ChangeLogNode.attribute(
                        attribute.name().equals("rollbackEndDelimiter") ? "endDelimiter" : "splitStatements",
                        attribute.value(),
                        attribute.place()))
                .toList();
    }

    private Place place(Span span) {
        return new Place(file, span);
    }
}
