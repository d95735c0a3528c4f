package dev.lockstep.source.liquibase;

import dev.lockstep.text.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An element of a changelog, whichever format it is written in; an attribute is a child that has a value only.
 *
 * @param place the start tag, or the key
 */
record ChangeLogNode(String name, LocatedText value, List<ChangeLogNode> children, Place place) {

    /** The name of the children that hold our own comments. */
    static final String COMMENT = "#comment";

    /** What the comments that we read start with. */
    static final String COMMENT_MARK = "lockstep:";

    ChangeLogNode {
        children = List.copyOf(children);
    }

    static ChangeLogNode attribute(String name, LocatedText value, Place place) {
        return new ChangeLogNode(name, value, List.of(), place);
    }

    Optional<ChangeLogNode> child(String wanted) {
        return children(wanted).findFirst();
    }

    Stream<ChangeLogNode> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted));
    }

    /** The value of an attribute, trimmed; empty if there is none, or nothing in it. */
    Optional<String> text(String attribute) {
        return child(attribute).map(child -> child.value.text().strip()).filter(text -> !text.isEmpty());
    }

    boolean flag(String attribute, boolean otherwise) {
        return text(attribute)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> text.equals("true") || text.equals("1") || text.equals("yes") || text.equals("on"))
                .orElse(otherwise);
    }

    /** The same with all values changed. */
    ChangeLogNode map(UnaryOperator<LocatedText> change) {
        return new ChangeLogNode(
                name,
                change.apply(value),
                children.stream().map(child -> child.map(change)).toList(),
                place);
    }
}
