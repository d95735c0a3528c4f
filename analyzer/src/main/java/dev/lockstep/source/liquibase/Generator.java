package dev.lockstep.source.liquibase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import liquibase.ContextExpression;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Labels;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.DatabaseList;
import liquibase.database.ObjectQuotingStrategy;
import liquibase.database.OfflineConnection;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.sql.Sql;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.sql.visitor.SqlVisitorFactory;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.statement.ExecutablePreparedStatement;
import liquibase.statement.SqlStatement;
import liquibase.ui.LoggerUIService;
import liquibase.util.StringUtil;

/**
 * Liquibase itself, without a database: what SQL it writes for a change. It is given one change at a time, reads files through the project
 * only, and never sees the changes that would load a class or start a program. One thread.
 */
final class Generator implements AutoCloseable {

    /** What a database would have to be asked for, or a class loaded, or a program started. */
    private static final Set<String> NEVER =
            Set.of("customChange", "executeCommand", "dropAllForeignKeyConstraints", "stop");

    /** What leaves the schema as it is. */
    private static final Set<String> NOTHING = Set.of("empty", "output", "tagDatabase");

    private final PostgresDatabase database = new PostgresDatabase();
    private final ProjectResources resources;
    private final String scope;

    /** The SQL of a change, or why there is none. */
    record Outcome(List<String> statements, Optional<String> failure) {

        private static Outcome failed(String reason) {
            return new Outcome(List.of(), Optional.of(reason));
        }
    }

    private enum Direction {
        FORWARD,
        UNDO
    }

    private Generator(ProjectResources resources, String scope) {
        this.resources = resources;
        this.scope = scope;
    }

    static Generator open(SearchPath paths, Optional<String> defaultSchema) {
        ProjectResources resources = new ProjectResources(paths);
        Map<String, Object> values = new HashMap<>();
        values.put(Scope.Attr.logService.name(), new SilentLog());
        values.put(Scope.Attr.ui.name(), new LoggerUIService());
        values.put(Scope.Attr.resourceAccessor.name(), resources);
        values.put("liquibase.analytics.enabled", false);
        values.put("liquibase.headless", true);
        try {
            Generator generator = new Generator(resources, Scope.enter(values));
            generator.database.setConnection(
                    new OfflineConnection("offline:postgresql?version=14&outputLiquibaseSql=none", resources));
            generator.database.setDefaultSchemaName(defaultSchema.orElse("public"));
            generator.database.setOutputDefaultSchema(defaultSchema.isPresent());
            return generator;
        } catch (Exception broken) {
            throw new IllegalStateException("Liquibase does not start", broken);
        }
    }

    @Override
    public void close() {
        try {
            Scope.exit(scope);
        } catch (Exception broken) {
            throw new IllegalStateException("Liquibase does not end", broken);
        }
    }

    Outcome forward(ChangeLogNode node, ChangeSet changeSet) {
        return generate(node, changeSet, Direction.FORWARD);
    }

    /** The SQL that Liquibase makes up to undo a change. */
    Outcome undo(ChangeLogNode node, ChangeSet changeSet) {
        return generate(node, changeSet, Direction.UNDO);
    }

    private Outcome generate(ChangeLogNode node, ChangeSet changeSet, Direction direction) {
        if (NOTHING.contains(node.name())) {
            return new Outcome(List.of(), Optional.empty());
        }
        if (NEVER.contains(node.name())) {
            return Outcome.failed(node.name()
                    + node.text("class")
                            .map(name -> " " + name + " (not loaded)")
                            .orElse(""));
        }
        Change change = factory().create(node.name());
        if (change == null) {
            return Outcome.failed("unknown change " + node.name());
        }
        try {
            return generate(change, node, changeSet, direction);
        } catch (LiquibaseException | ParsedNodeException | RuntimeException failed) {
            return Outcome.failed(node.name() + ": " + reason(failed));
        } finally {
            database.setObjectQuotingStrategy(ObjectQuotingStrategy.LEGACY);
        }
    }

    private static ChangeFactory factory() {
        return Scope.getCurrentScope().getSingleton(ChangeFactory.class);
    }

    private Outcome generate(Change change, ChangeLogNode node, ChangeSet changeSet, Direction direction)
            throws LiquibaseException, ParsedNodeException {
        quote(changeSet);
        change.setChangeSet(liquibase(changeSet));
        change.load(parsed(node), resources);
        change.finishInitialization();
        ValidationErrors errors = change.validate(database);
        if (errors.hasErrors()) {
            return Outcome.failed(node.name() + ": " + String.join("; ", errors.getErrorMessages()));
        }
        boolean undo = direction == Direction.UNDO;
        if (undo && !change.supportsRollback(database)) {
            return Outcome.failed(node.name() + " has no undo");
        }
        SqlStatement[] statements =
                undo ? change.generateRollbackStatements(database) : change.generateStatements(database);
        if (Arrays.stream(statements).anyMatch(ExecutablePreparedStatement.class::isInstance)) {
            return Outcome.failed(node.name() + " with values that are sent apart from the SQL");
        }
        return new Outcome(modified(sql(statements), changeSet, direction), Optional.empty());
    }

    private void quote(ChangeSet changeSet) {
        database.setObjectQuotingStrategy(
                changeSet.quotingStrategy().map(ObjectQuotingStrategy::valueOf).orElse(ObjectQuotingStrategy.LEGACY));
    }

    private List<String> sql(SqlStatement[] statements) {
        List<String> written = new ArrayList<>();
        SqlGeneratorFactory generators = SqlGeneratorFactory.getInstance();
        for (SqlStatement statement : statements) {
            if (statement.skipOnUnsupported() && !generators.supports(statement, database)) {
                continue;
            }
            for (Sql sql : generators.generateSql(statement, database)) {
                written.add(sql.toSql());
            }
        }
        return written;
    }

    /** What {@code modifySql} makes of statements. */
    Outcome modified(List<String> statements, ChangeSet changeSet) {
        try {
            return new Outcome(modified(statements, changeSet, Direction.FORWARD), Optional.empty());
        } catch (ParsedNodeException | RuntimeException failed) {
            return Outcome.failed("modifySql: " + reason(failed));
        }
    }

    private List<String> modified(List<String> statements, ChangeSet changeSet, Direction direction)
            throws ParsedNodeException {
        List<String> modified = statements;
        for (ChangeLogNode block : changeSet.node().children("modifySql").toList()) {
            boolean applies = direction == Direction.FORWARD || block.flag("applyToRollback", false);
            if (applies && Dbms.admits(block)) {
                for (SqlVisitor visitor : visitors(block)) {
                    modified = modified.stream()
                            .map(statement -> visitor.modifySql(statement, database))
                            .toList();
                }
            }
        }
        return modified;
    }

    private List<SqlVisitor> visitors(ChangeLogNode block) throws ParsedNodeException {
        List<SqlVisitor> visitors = new ArrayList<>();
        for (ChangeLogNode edit : block.children()) {
            SqlVisitor visitor = SqlVisitorFactory.getInstance().create(edit.name());
            if (visitor != null) {
                visitor.load(parsed(edit), resources);
                block.text("dbms").map(DatabaseList::toDbmsSet).ifPresent(visitor::setApplicableDbms);
                visitor.setApplyToRollback(block.flag("applyToRollback", false));
                visitors.add(visitor);
            }
        }
        return visitors;
    }

    /** The statements that Liquibase cuts a script into; they stand in it one after another. */
    static List<String> split(String script, String endDelimiter) {
        return List.of(StringUtil.processMultiLineSQL(
                script.replace("\r", ""), false, true, endDelimiter.isEmpty() ? null : endDelimiter));
    }

    /** Whether an update that is run with these contexts and labels runs what is marked with those. */
    static RunFilter filter(Settings settings) {
        Contexts contexts = new Contexts(settings.contexts().orElse(""));
        LabelExpression labels = new LabelExpression(settings.labels().orElse(""));
        return (contextFilters, labelLists) ->
                contextFilters.stream().allMatch(filter -> new ContextExpression(filter).matches(contexts))
                        && labelLists.stream().allMatch(list -> labels.matches(new Labels(list)));
    }

    /** A changeset's checksum, version 9; empty for one whose changes must not be loaded, or that Liquibase can't read. */
    Optional<String> checksum(ChangeSet changeSet) {
        Set<String> names = new HashSet<>();
        changeSet.changes().forEach(change -> names.add(change.name()));
        if (names.stream().anyMatch(NEVER::contains)) {
            return Optional.empty();
        }
        try {
            liquibase.changelog.ChangeSet loaded = liquibase(changeSet);
            for (ChangeLogNode node : changeSet.changes()) {
                Change change = factory().create(node.name());
                if (node.name().equals(ChangeLogNode.COMMENT)) {
                    continue;
                }
                if (change == null) {
                    return Optional.empty();
                }
                change.setChangeSet(loaded);
                change.load(parsed(node), resources);
                change.finishInitialization();
                loaded.addChange(change);
            }
            for (ChangeLogNode block : changeSet.node().children("modifySql").toList()) {
                visitors(block).forEach(loaded::addSqlVisitor);
            }
            return Optional.of(
                    loaded.generateCheckSum(liquibase.ChecksumVersion.V9).toString());
        } catch (LiquibaseException | ParsedNodeException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static liquibase.changelog.ChangeSet liquibase(ChangeSet changeSet) {
        return new liquibase.changelog.ChangeSet(
                changeSet.node().text("id").orElse(""),
                changeSet.node().text("author").orElse(""),
                changeSet.node().flag("runAlways", false),
                changeSet.node().flag("runOnChange", false),
                changeSet.name(),
                null,
                null,
                new DatabaseChangeLog(changeSet.name()));
    }

    private static ParsedNode parsed(ChangeLogNode node) throws ParsedNodeException {
        ParsedNode parsed = new ParsedNode(null, node.name());
        for (ChangeLogNode child : node.children()) {
            if (!child.name().equals(ChangeLogNode.COMMENT)) {
                parsed.addChild(parsed(child));
            }
        }
        if (!node.value().isBlank()) {
            parsed.setValue(node.value().text());
        }
        return parsed;
    }

    private static String reason(Exception failed) {
        String message = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
