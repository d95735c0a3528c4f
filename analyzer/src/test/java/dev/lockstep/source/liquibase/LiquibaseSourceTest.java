package dev.lockstep.source.liquibase;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.MigrationSources;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiquibaseSourceTest {

    private static final String MASTER = "db/changelog/db.changelog-master.xml";

    private final List<SourceText> files = new ArrayList<>();

    private LiquibaseSourceTest file(String path, String content) {
        files.add(SourceText.of(path, content));
        return this;
    }

    /** A master changelog with this in it. */
    private LiquibaseSourceTest master(String content) {
        return file(MASTER, "<databaseChangeLog>\n" + content + "\n</databaseChangeLog>\n");
    }

    private Project project() {
        return MemoryProject.of(files);
    }

    private Migrations read() {
        LiquibaseSource source = new LiquibaseSource();
        List<Setup> setups = source.find(project());
        assertThat(setups).hasSize(1);
        return source.read(project(), setups.get(0));
    }

    private static List<String> ids(Migrations migrations) {
        return migrations.inOrder().stream().map(Migration::id).toList();
    }

    private static List<String> lost(Migrations migrations) {
        return migrations.lost().stream()
                .map(lost -> lost.place().source().path() + ":" + lost.place().start() + " " + lost.what())
                .toList();
    }

    private static String sql(Migration migration) {
        return migration.source().content().strip().replaceFirst("\n;$", "");
    }

    private static String sql(Migrations migrations) {
        return migrations.inOrder().stream().map(LiquibaseSourceTest::sql).reduce("", (all, one) -> all + one + "\n");
    }

    private static String undo(Migrations migrations, String id) {
        return sql(requireNonNull(migrations.undo().get(MASTER + "::" + id + "::a")));
    }

    private static String changeSet(String id, String content) {
        return "<changeSet id=\"" + id + "\" author=\"a\">" + content + "</changeSet>\n";
    }

    private static String sqlChangeSet(String id) {
        return changeSet(id, "<sql>SELECT '" + id + "'</sql>");
    }

    @Test
    void isAToolOfItsOwn() {
        assertThat(MigrationSources.named("liquibase")).isPresent();
    }

    @Test
    void typedChangesStandAtTheirElement() {
        Migrations migrations = master("""
                  <changeSet id="1" author="a">
                    <dropColumn tableName="orders"
                                columnName="note"/>
                    <sql>UPDATE orders SET x = 1 WHERE id &lt; 3</sql>
                  </changeSet>""").read();

        SourceText source = migrations.inOrder().get(0).source();
        String text = source.content();
        assertThat(text).isEqualTo("ALTER TABLE orders DROP COLUMN note;\nUPDATE orders SET x = 1 WHERE id < 3\n;\n");
        Span drop = new Span(0, "ALTER TABLE orders DROP COLUMN note".length());
        assertThat(source.origin(drop).start()).hasToString("3:3");
        assertThat(source.origin(drop).end()).hasToString("4:34");
        assertThat(source.isVerbatim(drop)).isFalse();
        Span where = new Span(text.indexOf("WHERE"), text.indexOf(" <"));
        assertThat(source.origin(where).start()).hasToString("5:32");
        assertThat(source.isVerbatim(where)).isTrue();
    }

    @Test
    void includesAreReadWhereTheyStand() {
        Migrations migrations = master(sqlChangeSet("1")
                        + "<include file='db/changelog/a.yaml'/>"
                        + "<include file='b.sql' relativeToChangelogFile='true'/>"
                        + "<includeAll path='db/changelog/all' endsWithFilter='.xml'/>"
                        + sqlChangeSet("9"))
                .file(
                        "db/changelog/a.yaml",
                        "databaseChangeLog:\n- changeSet: {id: a, author: b, changes: [sql: SELECT 1]}\n")
                .file("db/changelog/b.sql", "SELECT 1;")
                .file("db/changelog/all/2.xml", "<databaseChangeLog>" + sqlChangeSet("two") + "</databaseChangeLog>")
                .file("db/changelog/all/10.xml", "<databaseChangeLog>" + sqlChangeSet("ten") + "</databaseChangeLog>")
                .file("db/changelog/all/3/1.xml", "<databaseChangeLog>" + sqlChangeSet("deep") + "</databaseChangeLog>")
                .file("db/changelog/all/4.yaml", "databaseChangeLog: []")
                .read();

        assertThat(ids(migrations))
                .containsExactly(
                        MASTER + "::1::a",
                        "db/changelog/a.yaml::a::b",
                        "db/changelog/b.sql::raw::includeAll",
                        "db/changelog/all/10.xml::ten::a",
                        "db/changelog/all/2.xml::two::a",
                        "db/changelog/all/3/1.xml::deep::a",
                        MASTER + "::9::a");
        assertThat(migrations.lost()).isEmpty();
        assertThat(migrations.ignored())
                .containsExactly(new Migrations.Ignored("db/changelog/all/4.yaml", "no changelog includes it"));
    }

    @Test
    void logicalPathsAndRunOrderCount() {
        Migrations migrations = file(
                        MASTER,
                        "<databaseChangeLog logicalFilePath='classpath:main'>"
                                + "<changeSet id='z' author='a' runOrder='last'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='y' author='a' logicalFilePath='other'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='x' author='a' runOrder='first'><sql>SELECT 1</sql></changeSet>"
                                + "</databaseChangeLog>")
                .read();

        assertThat(ids(migrations)).containsExactly("main::x::a", "other::y::a", "main::z::a");
    }

    @Test
    void parametersAreReplaced() {
        Migrations migrations = master("""
                        <property name="t" value="first"/>
                        <property name="T" value="second"/>
                        <property name="here" value="mine" global="false"/>
                        <property name="both" value="${t}.${here}"/>
                        <property name="off" value="1" dbms="mysql"/>
                        <changeSet id="${t}" author="a"><sql>SELECT ${t}, ${both}, ${here}, ${off}, ${:t}</sql></changeSet>
                        <include file="db/changelog/b.xml"/>""")
                .file(
                        "db/changelog/b.xml",
                        "<databaseChangeLog>" + changeSet("b", "<sql>SELECT ${t}, ${here}</sql>")
                                + "</databaseChangeLog>")
                .read();

        assertThat(ids(migrations)).first().isEqualTo(MASTER + "::first::a");
        assertThat(sql(migrations)).isEqualTo("SELECT first, first.mine, mine, ${off}, ${t}\nSELECT first, ${here}\n");
    }

    @Test
    void changesetsForOthersAreNotRun() {
        Migrations migrations = file(
                        "liquibase.properties",
                        "changeLogFile=" + MASTER + "\ncontexts=prod\nlabelFilter=core or extra\n")
                .master(
                        "<changeSet id='1' author='a' dbms='mysql, h2'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='2' author='a' dbms='!postgresql'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='3' author='a' dbms='!mysql'><sql dbms='oracle'>x</sql><sql>SELECT 3</sql></changeSet>"
                                + "<changeSet id='4' author='a' context='test'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='5' author='a' contextFilter='!test and prod'><sql>SELECT 5</sql></changeSet>"
                                + "<changeSet id='6' author='a' labels='other'><sql>SELECT 1</sql></changeSet>"
                                + "<changeSet id='7' author='a' labels='core,other'><sql>SELECT 7</sql></changeSet>"
                                + "<changeSet id='8' author='a' ignore='true'><sql>SELECT 1</sql></changeSet>"
                                + changeSet(
                                        "9",
                                        "<preConditions><not><dbms type='postgresql'/></not></preConditions><sql>SELECT 1</sql>")
                                + changeSet(
                                        "10",
                                        "<preConditions><or><dbms type='oracle'/><tableExists tableName='t'/></or></preConditions><sql>SELECT 10</sql>"))
                .read();

        assertThat(sql(migrations)).isEqualTo("SELECT 3\nSELECT 5\nSELECT 7\nSELECT 10\n");
        assertThat(migrations.lost()).isEmpty();
    }

    @Test
    void transactionsAreThoseOfTheChangeset() {
        Migrations migrations = master(sqlChangeSet("1")
                        + "<changeSet id='2' author='a' runInTransaction='false'><sql>SELECT 1; SELECT 2</sql></changeSet>"
                        + "<changeSet id='3' author='a' runInTransaction='false'><sql splitStatements='false'>SELECT 1; SELECT 2</sql></changeSet>"
                        + "<changeSet id='4' author='a' runOnChange='true'><sql>SELECT 1</sql></changeSet>")
                .read();

        assertThat(migrations.inOrder())
                .extracting(migration ->
                        migration.transactions().decide(List.of("a", "b")).mode())
                .containsExactly(Mode.ONE_TRANSACTION, Mode.AUTOCOMMIT, Mode.ONE_TRANSACTION, Mode.ONE_TRANSACTION);
        assertThat(migrations.inOrder())
                .extracting(Migration::kind)
                .containsExactly(
                        Migration.Kind.VERSIONED,
                        Migration.Kind.VERSIONED,
                        Migration.Kind.VERSIONED,
                        Migration.Kind.REPEATABLE);
    }

    @Test
    void scriptsAreCutWhereLiquibaseCutsThem() {
        String body = "CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql";
        Migrations migrations = master(changeSet("1", "<sql endDelimiter='@@'>" + body + " @@ SELECT 1 @@</sql>")
                        + changeSet("2", "<sql>SELECT 1\nGO\nSELECT 2\n/\n</sql>")
                        + changeSet("3", "<sql>" + body + "; SELECT 1;</sql>")
                        + changeSet("4", "<sql splitStatements='false'>" + body + ";</sql>"))
                .read();

        assertThat(migrations.inOrder().stream().map(migration -> sql(migration).replaceAll("\\s+", " ")))
                .containsExactly(
                        body + " ; SELECT 1",
                        "SELECT 1 ; SELECT 2",
                        body.replace("; $$", " ; $$") + " ; SELECT 1",
                        body + ";");
        assertThat(migrations.inOrder())
                .extracting(migration -> ((ChangeSetTransactions) migration.transactions())
                        .cuts()
                        .size())
                .containsExactly(0, 0, 1, 0);
        Span cut = ((ChangeSetTransactions) migrations.inOrder().get(2).transactions())
                .cuts()
                .get(0);
        assertThat(migrations.inOrder().get(2).source().origin(cut).start().line())
                .isEqualTo(8);
    }

    @Test
    void rollbacksAreTheUndoHalf() {
        Migrations migrations = master(changeSet(
                                "1", "<createTable tableName='t'><column name='id' type='int'/></createTable>")
                        + changeSet("2", "<sql>SELECT 2</sql><rollback>SELECT 'back'</rollback>")
                        + changeSet("3", "<dropTable tableName='t'/><rollback changeSetId='1' changeSetAuthor='a'/>")
                        + changeSet("4", "<sql>SELECT 4</sql>")
                        + changeSet(
                                "5", "<sql>SELECT 5</sql><rollback><dropIndex tableName='t' indexName='i'/></rollback>")
                        + changeSet("6", "<sql>SELECT 6</sql><rollback/>"))
                .read();

        assertThat(sql(migrations)).doesNotContain("back").doesNotContain("DROP INDEX");
        assertThat(migrations.undo().keySet())
                .extracting(id -> id.substring(MASTER.length() + 2, MASTER.length() + 3))
                .containsExactlyInAnyOrder("1", "2", "3", "5", "6");
        assertThat(undo(migrations, "1")).isEqualTo("DROP TABLE t;");
        assertThat(undo(migrations, "2")).isEqualTo("SELECT 'back'");
        assertThat(undo(migrations, "3")).isEqualTo("CREATE TABLE t (id INTEGER);");
        assertThat(undo(migrations, "5")).isEqualTo("DROP INDEX i;");
        assertThat(undo(migrations, "6")).isEmpty();
    }

    @Test
    void sqlFilesKeepTheirPlaces() {
        Migrations migrations = master(changeSet("1", "<sqlFile path='x.sql' relativeToChangelogFile='true'/>"))
                .file("db/changelog/x.sql", "SELECT 1;\nSELECT 2;\n")
                .read();

        SourceText source = migrations.inOrder().get(0).source();
        int second = source.content().indexOf("SELECT 2");
        assertThat(source.path()).isEqualTo(MASTER);
        assertThat(source.origin(new Span(second, second + 1)).source().path()).isEqualTo("db/changelog/x.sql");
        assertThat(source.position(second)).hasToString("2:1");
        assertThat(source.origins()).containsExactly(MASTER, "db/changelog/x.sql");
    }

    @Test
    void commentsForUsReachTheSql() {
        Migrations migrations = master(changeSet("1", "<!-- lockstep:deployed gone -->\n<dropTable tableName='t'/>"))
                .read();

        assertThat(sql(migrations)).isEqualTo("-- lockstep:deployed gone\nDROP TABLE t;\n");
    }

    /** What a changelog could make Liquibase load or run is not even tried, and named; the rest is read. */
    @Test
    void nothingIsLoadedThatAChangelogNames() {
        Migrations migrations = file(
                        "outside.xml", "<databaseChangeLog>" + sqlChangeSet("outside") + "</databaseChangeLog>")
                .file(MASTER, """
                        <!DOCTYPE databaseChangeLog [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
                        <databaseChangeLog>
                          <include file="../../../outside.xml" relativeToChangelogFile="true"/>
                          <include file="http://127.0.0.1:9/x.xml"/>
                          <includeAll path="http://127.0.0.1:9/"/>
                          <includeAll path="changes" filter="java.lang.Runtime" relativeToChangelogFile="true"/>
                          <property file="../../../../etc/passwd" relativeToChangelogFile="true"/>
                          <changeSet id="1" author="a">
                            <customChange class="dev.lockstep.source.liquibase.LoadedClass"/>
                            <executeCommand executable="touch"><arg value="/tmp/x"/></executeCommand>
                            <sqlFile path="../../../../../../etc/passwd" relativeToChangelogFile="true"/>
                            <sqlFile path="file:///etc/passwd"/>
                            <loadData file="/../../etc/passwd" tableName="t"/>
                            <preConditions><customPrecondition className="dev.lockstep.source.liquibase.LoadedClass"/></preConditions>
                            <sql>SELECT '&secret;'</sql>
                          </changeSet>
                        </databaseChangeLog>
                        """)
                .file("db/changelog/changes/1.xml", "<databaseChangeLog>" + sqlChangeSet("in") + "</databaseChangeLog>")
                .read();

        assertThat(lost(migrations).stream().map(line -> line.substring(MASTER.length() + 1)))
                .contains(
                        "1:1 XML: a document type declaration (not looked into)",
                        "3:3 include of ../../../outside.xml, outside the project",
                        "4:3 include of http://127.0.0.1:9/x.xml (not loaded)",
                        "5:3 includeAll of http://127.0.0.1:9/ (not loaded)",
                        "6:30 includeAll by class java.lang.Runtime (not loaded; all files are read)",
                        "7:3 properties of ../../../../etc/passwd, which is not there",
                        "9:5 customChange dev.lockstep.source.liquibase.LoadedClass (not loaded)",
                        "10:5 executeCommand",
                        "11:5 sqlFile ../../../../../../etc/passwd, outside the project",
                        "12:5 sqlFile file:///etc/passwd (not loaded)",
                        "15:18 XML: entity &secret; (not loaded)")
                .anyMatch(line -> line.startsWith("13:5 loadData: "))
                .hasSize(12);
        assertThat(sql(migrations)).isEqualTo("SELECT 'in'\nSELECT ''\n");
        assertThat(System.getProperty("dev.lockstep.test.loaded")).isNull();
    }

    @Test
    void whatCantBeReadIsNamedAndTheRestIsRead() {
        Migrations migrations = master("<include file='missing.xml'/>\n"
                        + "<include file='db/changelog/db.changelog-master.xml'/>\n"
                        + "<include file='db/changelog/broken.yaml'/>\n"
                        + "<include file='db/changelog/broken.yaml'/>\n"
                        + "<include file='db/changelog/empty.xml'/>\n"
                        + "<bogus/>\n"
                        + "<changeSet author='a'><sql>SELECT 0</sql></changeSet>\n"
                        + changeSet(
                                "1", "<createTable><column name='id'/></createTable><newChange/><sql>SELECT 1</sql>"))
                .file(
                        "db/changelog/broken.yaml",
                        "databaseChangeLog:\n- changeSet: {id: [\n- changeSet: {id: 2, author: b, changes: [sql: SELECT 2]}\n")
                .file("db/changelog/empty.xml", "")
                .read();

        assertThat(sql(migrations)).isEqualTo("SELECT 2\nSELECT 1\n");
        assertThat(lost(migrations))
                .anyMatch(line -> line.startsWith("db/changelog/broken.yaml:2:1 YAML: "))
                .contains(
                        MASTER + ":2:1 include of missing.xml, which is not there",
                        MASTER + ":3:1 include of db.changelog-master.xml, which includes this file",
                        MASTER + ":5:1 include of broken.yaml, which was included before",
                        "db/changelog/empty.xml:1:1 XML: no element",
                        MASTER + ":7:1 unknown element bogus",
                        MASTER + ":8:1 a changeset without an id",
                        MASTER + ":9:76 unknown change newChange")
                .anyMatch(line -> line.startsWith(MASTER + ":9:30 createTable: tableName is required"))
                .hasSize(9);
    }

    @Test
    void encodingsAndMarksDontMatter() {
        String xml = "<databaseChangeLog>" + changeSet("1", "<sql>SELECT 'größe'</sql>") + "</databaseChangeLog>";
        for (byte[] bytes : List.of(
                xml.getBytes(StandardCharsets.ISO_8859_1),
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + xml).getBytes(StandardCharsets.UTF_16LE))) {
            files.clear();
            files.add(SourceText.decode(MASTER, bytes));
            assertThat(sql(read())).isEqualTo("SELECT 'größe'\n");
        }
    }

    @Test
    void changelogsAreFoundByTheirRoot() {
        file("a/one.xml", "<databaseChangeLog><include file='a/two.json'/></databaseChangeLog>")
                .file("a/two.json", "{\"databaseChangeLog\": []}")
                .file("a/pom.xml", "<project/>")
                .file("a/data.json", "{}");

        assertThat(new LiquibaseSource().find(project()))
                .extracting(setup -> setup.directory() + " " + setup.evidence().orElse(""))
                .containsExactly("a a/one.xml");
    }

    @Test
    void looseFormattedFilesAreOneHistory() {
        Migrations migrations = file("sql/2.sql", "--liquibase formatted sql\n--changeset b:2\nSELECT 2;\n")
                .file("sql/1.sql", "--liquibase formatted sql\n--changeset b:1\nSELECT 1;\n")
                .read();

        assertThat(ids(migrations)).containsExactly("sql/1.sql::1::b", "sql/2.sql::2::b");
    }

    @Test
    void otherProjectsAreNotTaken() {
        file("db/migration/V1__a.sql", "SELECT 1;")
                .file("pom.xml", "<project/>")
                .file("application.yml", "spring: {liquibase: {}}");

        assertThat(new LiquibaseSource().find(project())).isEmpty();
        assertThat(new LiquibaseSource().home("db/migration/V1__a.sql", project()))
                .isEmpty();
    }

    @Test
    void springNamesTheMaster() {
        Migrations migrations = file(
                        "src/main/resources/application.yml",
                        "spring:\n  liquibase:\n    change-log: classpath:/db/main.yaml\n    contexts: prod\n    parameters:\n      x: spring\n")
                .file(
                        "src/main/resources/db/main.yaml",
                        "databaseChangeLog:\n- include: {file: db/a.xml}\n- include: {file: 'classpath:db/b.xml'}\n")
                .file(
                        "src/main/resources/db/a.xml",
                        "<databaseChangeLog>" + changeSet("1", "<sql>SELECT ${x}</sql>") + "</databaseChangeLog>")
                .file(
                        "src/main/resources/db/b.xml",
                        "<databaseChangeLog context='test'>" + sqlChangeSet("2") + "</databaseChangeLog>")
                .read();

        assertThat(ids(migrations)).containsExactly("db/a.xml::1::a");
        assertThat(sql(migrations)).isEqualTo("SELECT spring\n");
        assertThat(migrations.ignored())
                .containsExactly(
                        new Migrations.Ignored("src/main/resources/db/b.xml", "no changeset of its own is run"));
    }

    @Test
    void homeIsTheMastersDirectory() {
        master("")
                .file("db/changelog/changes/1.xml", "<databaseChangeLog/>")
                .file("db/changelog/sql/x.sql", "SELECT 1;");

        assertThat(new LiquibaseSource().home("db/changelog/changes/1.xml", project()))
                .contains("db/changelog");
        assertThat(new LiquibaseSource().home("db/changelog/sql/x.sql", project()))
                .contains("db/changelog");
        assertThat(new LiquibaseSource().home("db/other.sql", project())).isEmpty();
    }

    @Test
    void checksumsAreThoseOfLiquibaseWithoutTheChangesNotLoaded() {
        master(changeSet("1", "<createTable tableName='t'><column name='id' type='int'/></createTable>")
                + changeSet("2", "<customChange class='x.Y'/>"));
        LiquibaseSource source = new LiquibaseSource();

        assertThat(source.checksums(project(), source.find(project()).get(0)))
                .hasSize(1)
                .hasEntrySatisfying(
                        MASTER + "::1::a", checksum -> assertThat(checksum).startsWith("9:"));
    }
}
