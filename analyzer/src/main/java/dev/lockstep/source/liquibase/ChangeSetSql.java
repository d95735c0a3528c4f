package dev.lockstep.source.liquibase;

import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.text.DerivedText;
import dev.lockstep.text.Place;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SQL of changesets: what they say themselves as it stands there, the rest as Liquibase writes it. */
final class ChangeSetSql {

    /** Where Liquibase's way of cutting a script may differ from PostgreSQL's. */
    private static final Pattern PECULIAR = Pattern.compile("\\$|(?im)^\\s*(?:go|/)\\s*$|(?i:\\bbegin\\b)");

    private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");

    private final SearchPath paths;
    private final Parameters parameters;
    private final Supplier<Generator> generator;
    private final Map<String, ChangeSet> byId;
    private final List<Lost> lost = new ArrayList<>();
    private final List<Span> cuts = new ArrayList<>();

    ChangeSetSql(SearchPath paths, Parameters parameters, Supplier<Generator> generator, Map<String, ChangeSet> byId) {
        this.paths = paths;
        this.parameters = parameters;
        this.generator = generator;
        this.byId = byId;
    }

    /** What could not be turned into SQL so far. */
    List<Lost> lost() {
        return lost;
    }

    Migration forward(ChangeSet changeSet) {
        DerivedText text = new DerivedText();
        cuts.clear();
        for (ChangeLogNode change : changeSet.changes()) {
            append(change, changeSet, text).ifPresent(reason -> lost.add(new Lost(change.place(), reason)));
        }
        return new Migration(
                changeSet.id(),
                changeSet.isRepeated() ? Migration.Kind.REPEATABLE : Migration.Kind.VERSIONED,
                text.build(changeSet.file()),
                new ChangeSetTransactions(changeSet.runsInTransaction(), isOneCall(changeSet), List.copyOf(cuts)));
    }

    /** Whether the changeset is a single string of SQL that Liquibase is told not to cut. */
    boolean isOneCall(ChangeSet changeSet) {
        List<ChangeLogNode> changes = changeSet.changes();
        return changes.stream().filter(ChangeSetSql::isScript).count() == 1
                && changes.stream().allMatch(change -> isScript(change) && !change.flag("splitStatements", true));
    }

    private static boolean isScript(ChangeLogNode change) {
        return change.name().equals("sql") || change.name().equals("sqlFile");
    }

    /** Appends a change; returns why not, if it can't be turned into SQL. */
    private Optional<String> append(ChangeLogNode change, ChangeSet changeSet, DerivedText text) {
        switch (change.name()) {
            case ChangeLogNode.COMMENT -> appendComment(change, text);
            case "sql" -> {
                change.children(ChangeLogNode.COMMENT).forEach(comment -> appendComment(comment, text));
                if (Dbms.admits(change)) {
                    return appendScript(scriptOf(change), change, changeSet, text);
                }
            }
            case "sqlFile" -> {
                if (Dbms.admits(change)) {
                    return appendFile(change, changeSet, text);
                }
            }
            default -> {
                change.children(ChangeLogNode.COMMENT).forEach(comment -> appendComment(comment, text));
                if (Dbms.admits(change)) {
                    Generator.Outcome outcome = generator.get().forward(change, changeSet);
                    appendWritten(outcome.statements(), change.place(), text);
                    return outcome.failure();
                }
            }
        }
        return Optional.empty();
    }

    private static LocatedText scriptOf(ChangeLogNode change) {
        return change.value().isBlank()
                ? change.child("sql").map(ChangeLogNode::value).orElse(LocatedText.EMPTY)
                : change.value();
    }

    private Optional<String> appendFile(ChangeLogNode change, ChangeSet changeSet, DerivedText text) {
        String path = change.text("path").orElse("");
        boolean relative = change.flag("relativeToChangelogFile", false);
        Optional<SourceText> file = paths.find(path, changeSet.path(), relative).flatMap(paths.project()::read);
        if (file.isPresent()) {
            LocatedText script = parameters.expand(LocatedText.copy(file.get()), changeSet.name());
            return appendScript(script, change, changeSet, text);
        }
        if (SearchPath.isElsewhere(path)) {
            return Optional.of("sqlFile " + path + " (not loaded)");
        }
        return Optional.of("sqlFile " + path
                + (paths.leadsOutside(path, changeSet.path(), relative)
                        ? ", outside the project"
                        : ", which is not there"));
    }

    private Optional<String> appendScript(
            LocatedText script, ChangeLogNode change, ChangeSet changeSet, DerivedText text) {
        if (script.isBlank()) {
            return Optional.empty();
        }
        List<LocatedText> statements = change.flag("splitStatements", true)
                ? split(
                        script,
                        change.child("endDelimiter")
                                .map(node -> node.value().text())
                                .orElse(""))
                : List.of(script);
        if (changeSet.node().child("modifySql").isEmpty()) {
            Optional<String> body = Optional.empty();
            for (LocatedText statement : statements) {
                appendStatement(statement, text);
                body = openAtEnd(statement.text(), body);
                if (body.isPresent()) {
                    cuts.add(new Span(text.length() - 2, text.length() - 1));
                }
            }
            return Optional.empty();
        }
        Generator.Outcome outcome = generator
                .get()
                .modified(statements.stream().map(LocatedText::text).toList(), changeSet);
        appendWritten(outcome.statements(), script.place(), text);
        return outcome.failure();
    }

    /** A script as Liquibase cuts it; where it cuts as PostgreSQL does it stays whole. */
    private static List<LocatedText> split(LocatedText script, String endDelimiter) {
        String whole = script.text();
        if (endDelimiter.isEmpty() && !PECULIAR.matcher(whole).find()) {
            return List.of(script);
        }
        List<LocatedText> statements = new ArrayList<>();
        int at = 0;
        for (String statement : Generator.split(whole, endDelimiter)) {
            int start = whole.indexOf(statement, at);
            if (start < 0) {
                return List.of(script);
            }
            at = start + statement.length();
            statements.add(script.slice(start, at));
        }
        return statements;
    }

    /** The dollar quote that is open at the end of a statement, which one may have been in from the start. */
    private static Optional<String> openAtEnd(String statement, Optional<String> openBefore) {
        Matcher quotes = DOLLAR_QUOTE.matcher(statement);
        Optional<String> open = openBefore;
        while (quotes.find()) {
            String quote = quotes.group();
            open = open.isEmpty() ? Optional.of(quote) : open.filter(opening -> !opening.equals(quote));
        }
        return open;
    }

    /** A statement ends with a semicolon of its own, or gets one; after a comment that runs to the end of the line on the next line. */
    private static void appendStatement(LocatedText statement, DerivedText text) {
        statement.appendTo(text);
        Place end = statement.place();
        int at = end.span().end();
        Span last = new Span(at, Math.min(at + 1, end.source().length()));
        text.insert(statement.text().stripTrailing().endsWith(";") ? "\n" : "\n;\n", end.source(), last);
    }

    private static void appendWritten(List<String> statements, Place place, DerivedText text) {
        for (String statement : statements) {
            String end = statement.stripTrailing().endsWith(";") ? "\n" : ";\n";
            text.insert(statement + end, place.source(), place.span());
        }
    }

    /** A comment of the changelog that is meant for us becomes one of the SQL. */
    private static void appendComment(ChangeLogNode comment, DerivedText text) {
        Place place = comment.place();
        Span start = new Span(place.span().start(), place.span().start());
        text.insert("-- ", place.source(), start);
        String body = comment.value().text();
        int from = body.length() - body.stripLeading().length();
        comment.value().slice(from, body.stripTrailing().length()).appendTo(text);
        text.insert("\n", place.source(), start);
    }

    /** What undoes a changeset: its rollback blocks, or what Liquibase makes up for its changes; empty if there is neither. */
    Optional<SourceText> undo(ChangeSet changeSet) {
        List<ChangeLogNode> blocks = changeSet.node().children("rollback").toList();
        return blocks.isEmpty() ? madeUp(changeSet) : Optional.of(written(blocks, changeSet));
    }

    private SourceText written(List<ChangeLogNode> blocks, ChangeSet changeSet) {
        DerivedText text = new DerivedText();
        for (ChangeLogNode block : blocks) {
            Optional<ChangeSet> other = referred(block, changeSet);
            if (other.isPresent()) {
                other.get().changes().forEach(change -> append(change, other.get(), text));
                continue;
            }
            for (ChangeLogNode change : block.children()) {
                if (!change.name().matches("splitStatements|endDelimiter|stripComments|comment|changeSet\\w+")) {
                    append(change, changeSet, text)
                            .ifPresent(reason -> lost.add(new Lost(change.place(), "rollback: " + reason)));
                }
            }
            String said = block.value().text().strip().toLowerCase(Locale.ROOT);
            if (!said.startsWith("not required") && !said.startsWith("empty") && !said.contains("changesetid:")) {
                appendScript(block.value(), block, changeSet, text);
            }
        }
        return text.build(changeSet.file());
    }

    /** The changeset that a rollback block runs again. */
    private Optional<ChangeSet> referred(ChangeLogNode block, ChangeSet changeSet) {
        return block.text("changeSetId")
                .map(id -> block.text("changeSetPath").orElse(changeSet.name()) + "::" + id + "::"
                        + block.text("changeSetAuthor").orElse(""))
                .map(byId::get);
    }

    private Optional<SourceText> madeUp(ChangeSet changeSet) {
        List<ChangeLogNode> newestFirst = new ArrayList<>(changeSet.changes());
        Collections.reverse(newestFirst);
        DerivedText text = new DerivedText();
        boolean any = false;
        for (ChangeLogNode change : newestFirst) {
            if (change.name().equals(ChangeLogNode.COMMENT) || !Dbms.admits(change)) {
                continue;
            }
            if (isScript(change)) {
                return Optional.empty();
            }
            Generator.Outcome outcome = generator.get().undo(change, changeSet);
            if (outcome.failure().isPresent()) {
                return Optional.empty();
            }
            appendWritten(outcome.statements(), change.place(), text);
            any = true;
        }
        return any ? Optional.of(text.build(changeSet.file())) : Optional.empty();
    }
}
