package dev.lockstep.source.liquibase;

import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A changeset that runs on PostgreSQL.
 *
 * @param id as Liquibase stores it: {@code file::id::author}
 * @param name the changelog's path, as Liquibase has it
 * @param path the same in the project
 * @param node with the parameters replaced
 * @param quoting the changelog's strategy for quoting names, if it says one
 */
record ChangeSet(String id, String name, String path, SourceText file, ChangeLogNode node, Optional<String> quoting) {

    /** What may stand in a changeset and is no change. */
    private static final Set<String> NO_CHANGES = Set.of(
            ChangeLogNode.COMMENT,
            "id",
            "author",
            "context",
            "contextFilter",
            "labels",
            "dbms",
            "runAlways",
            "runOnChange",
            "runInTransaction",
            "runOrder",
            "runWith",
            "runWithSpoolFile",
            "failOnError",
            "onValidationFail",
            "objectQuotingStrategy",
            "logicalFilePath",
            "created",
            "ignore",
            "comment",
            "preConditions",
            "validCheckSum",
            "rollback",
            "modifySql",
            "changes",
            "splitStatements",
            "stripComments",
            "endDelimiter",
            "rollbackSplitStatements",
            "rollbackEndDelimiter");

    boolean runsInTransaction() {
        return node.flag("runInTransaction", true);
    }

    /** Whether it runs more than once. */
    boolean isRepeated() {
        return node.flag("runAlways", false) || node.flag("runOnChange", false);
    }

    Optional<String> quotingStrategy() {
        return node.text("objectQuotingStrategy").or(() -> quoting);
    }

    /** The changes in order, with our own comments among them. */
    List<ChangeLogNode> changes() {
        return node.children().stream()
                .flatMap(child -> child.name().equals("changes") ? child.children().stream() : Stream.of(child))
                .filter(child ->
                        !NO_CHANGES.contains(child.name()) || child.name().equals(ChangeLogNode.COMMENT))
                .toList();
    }
}
