import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.OfflineConnection;
import liquibase.database.core.PostgresDatabase;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.sqlgenerator.SqlGeneratorFactory;
import liquibase.statement.SqlStatement;

/** What Lockstep is measured against: a process that only loads Liquibase, reads a changelog and generates its SQL. */
final class LiquibaseOnly {

    private LiquibaseOnly() {}

    /** @param arguments the changelog's directory, and its name */
    public static void main(String[] arguments) throws Exception {
        ResourceAccessor files = new DirectoryResourceAccessor(Path.of(arguments[0]));
        Map<String, Object> scope = new HashMap<>();
        scope.put(Scope.Attr.resourceAccessor.name(), files);
        scope.put("liquibase.analytics.enabled", false);
        Scope.child(scope, () -> System.out.println(generate(arguments[1], files) + " statements"));
    }

    private static int generate(String name, ResourceAccessor files) throws Exception {
        PostgresDatabase database = new PostgresDatabase();
        database.setConnection(
                new OfflineConnection("offline:postgresql?version=14&outputLiquibaseSql=none", files));
        DatabaseChangeLog changeLog = ChangeLogParserFactory.getInstance()
                .getParser(name, files)
                .parse(name, new ChangeLogParameters(database), files);
        int count = 0;
        for (ChangeSet changeSet : changeLog.getChangeSets()) {
            for (Change change : changeSet.getChanges()) {
                for (SqlStatement statement : change.generateStatements(database)) {
                    count += SqlGeneratorFactory.getInstance().generateSql(statement, database).length;
                }
            }
        }
        return count;
    }
}
