package dev.lockstep.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.MemoryProject;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migrations;
import dev.lockstep.source.Migrations.Ignored;
import dev.lockstep.source.Project;
import dev.lockstep.source.Setup;
import dev.lockstep.source.ToolFacts.Grouping;
import dev.lockstep.source.ToolFacts.Late;
import dev.lockstep.source.ToolFacts.Lock;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects with settings, in every form they are written in. */
class FlywayProjectTest {

    private static final FlywaySource FLYWAY = new FlywaySource();

    /** Paths and texts by turns. */
    private static Project project(String... pathsAndTexts) {
        List<SourceText> files = new ArrayList<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.add(SourceText.of(pathsAndTexts[i], pathsAndTexts[i + 1]));
        }
        return MemoryProject.of(files);
    }

    private static Migrations read(Project project) {
        List<Setup> setups = FLYWAY.find(project);
        assertThat(setups).hasSize(1);
        return FLYWAY.read(project, setups.get(0));
    }

    private static List<String> ids(Migrations migrations) {
        return migrations.inOrder().stream().map(Migration::id).toList();
    }

    private static final String TOML = """
            [flyway]
            locations = ["filesystem:sql/a", "filesystem:sql/b"]
            sqlMigrationPrefix = "M"
            sqlMigrationSeparator = "-"
            sqlMigrationSuffixes = [".ddl", ".sql"]
            group = true
            outOfOrder = true
            [flyway.placeholders]
            schema = "shop"
            [flyway.postgresql.transactional]
            lock = false
            [environments.default]
            url = "jdbc:postgresql://localhost/x"
            """;

    private static final String CONF = """
            # shop
            flyway.locations=filesystem:sql/a, filesystem:sql/b
            flyway.sqlMigrationPrefix=M
            flyway.sqlMigrationSeparator=-
            flyway.sqlMigrationSuffixes=.ddl,.sql
            flyway.group=true
            flyway.outOfOrder=true
            flyway.placeholders.schema=shop
            flyway.postgresql.transactional.lock=false
            """;

    private static final String PROPERTIES = """
            spring.datasource.url=jdbc:postgresql://localhost/x
            spring.flyway.locations[0]=filesystem:sql/a
            spring.flyway.locations[1]=filesystem:sql/b
            spring.flyway.sql-migration-prefix=M
            spring.flyway.sql-migration-separator=-
            spring.flyway.sqlMigrationSuffixes=.ddl,.sql
            spring.flyway.group=true
            spring.flyway.out-of-order=${OUT_OF_ORDER:true}
            spring.flyway.placeholders.schema=${shop.schema}
            shop.schema=shop
            spring.flyway.postgresql.transactional-lock=false
            #---
            spring.config.activate.on-profile=test
            spring.flyway.group=false
            """;

    private static final String YAML = """
            shop: {schema: shop}
            spring:
              flyway:
                locations:
                  - filesystem:sql/a
                  - filesystem:sql/b
                sql-migration-prefix: M
                sql-migration-separator: "-"
                sql-migration-suffixes: .ddl,.sql
                group: true
                out-of-order: ${OUT_OF_ORDER:true}
                placeholders:
                  schema: ${shop.schema}
                postgresql:
                  transactional-lock: false
            ---
            spring:
              config.activate.on-profile: test
              flyway.group: false
            """;

    private static final String POM = """
            <?xml version="1.0"?>
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <properties>
                <schema>shop</schema>
                <flyway.outOfOrder>true</flyway.outOfOrder>
              </properties>
              <build><plugins>
                <plugin><artifactId>other</artifactId><configuration><group>false</group></configuration></plugin>
                <plugin>
                  <groupId>org.flywaydb</groupId>
                  <artifactId>flyway-maven-plugin</artifactId>
                  <configuration>
                    <locations>
                      <location>filesystem:${project.basedir}/sql/a</location>
                      <location>filesystem:sql/b</location>
                    </locations>
                    <sqlMigrationPrefix>M</sqlMigrationPrefix>
                    <sqlMigrationSeparator>-</sqlMigrationSeparator>
                    <sqlMigrationSuffixes><sqlMigrationSuffix>.ddl</sqlMigrationSuffix>
                      <sqlMigrationSuffix>.sql</sqlMigrationSuffix></sqlMigrationSuffixes>
                    <group>true</group>
                    <placeholders><schema>${schema}</schema></placeholders>
                    <pluginConfiguration><postgresqlTransactionalLock>false</postgresqlTransactionalLock>
                    </pluginConfiguration>
                  </configuration>
                </plugin>
              </plugins></build>
            </project>
            """;

    private static String text(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "toml" -> TOML;
            case "conf" -> CONF;
            case "properties" -> PROPERTIES;
            case "xml" -> POM;
            default -> YAML;
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flyway.toml",
                "flyway.conf",
                "conf/flyway.conf",
                "application.yml",
                "src/main/resources/application.yaml",
                "src/main/resources/application.properties",
                "src/main/resources/config/application.properties",
                "pom.xml"
            })
    void everyFormSaysTheSame(String file) {
        Project project = project(
                file,
                text(file),
                "sql/a/M2-two.sql",
                "CREATE TABLE ${schema}.two (id int);",
                "sql/b/deep/M1-one.ddl",
                "",
                "sql/c/M3-three.sql",
                "",
                "V4__four.sql",
                "");

        Migrations migrations = read(project(
                file,
                text(file),
                "sql/a/M2-two.sql",
                "CREATE TABLE ${schema}.two (id int);",
                "sql/b/deep/M1-one.ddl",
                "",
                "sql/c/M3-three.sql",
                ""));

        assertThat(FLYWAY.find(project)).extracting(Setup::evidence).contains(Optional.of(file));
        assertThat(ids(migrations)).containsExactly("M1", "M2");
        assertThat(migrations.inOrder().get(1).source().content()).isEqualTo("CREATE TABLE shop.two (id int);");
        assertThat(migrations.facts().grouping()).isEqualTo(Grouping.WHOLE_DEPLOY);
        assertThat(migrations.facts().lock()).isEqualTo(Lock.NONE);
        assertThat(migrations.facts().late()).isEqualTo(Late.RUN);
        assertThat(migrations.facts().remarks()).isEmpty();
    }

    @Test
    void whatDependsOnTheEnvironmentIsSaidAndTheDefaultAssumed() {
        Migrations migrations = read(project(
                "flyway.conf",
                "flyway.locations=${LOCATIONS}\nflyway.group=${GROUP}\nflyway.placeholders.schema=${SCHEMA}\n",
                "src/main/resources/db/migration/V1__a.sql",
                "CREATE TABLE ${schema}.t (id int);"));

        assertThat(ids(migrations)).containsExactly("V1");
        assertThat(migrations.inOrder().get(0).source().content()).contains("${schema}");
        assertThat(migrations.facts().grouping()).isEqualTo(Grouping.EACH_FILE);
        assertThat(migrations.facts().lock()).isEqualTo(Lock.TRANSACTION);
        assertThat(migrations.facts().remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.contains("${LOCATIONS}"))
                .anyMatch(remark -> remark.contains("${GROUP}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "application.yml", "flyway.toml"})
    void aFileThatIsNotWellFormedIsSaidAndTheDefaultsAssumed(String file) {
        Migrations migrations =
                read(project(file, "flyway: [ = <flyway {{", "src/main/resources/db/migration/V1__a.sql", "SELECT 1;"));
        assertThat(ids(migrations)).containsExactly("V1");
        assertThat(migrations.facts().remarks()).singleElement().asString().contains("not well formed");
        assertThat(migrations.facts().lock()).isEqualTo(Lock.TRANSACTION_ASSUMED);
    }

    @Test
    void aPomLoadsNothingFromOutside() {
        Migrations migrations = read(project(
                "pom.xml",
                "<!DOCTYPE project [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><project>&x; flyway</project>",
                "db/migration/V1__a.sql",
                "SELECT 1;"));
        assertThat(migrations.facts().remarks()).singleElement().asString().contains("DOCTYPE");
    }

    @Test
    void settingsWithoutFlywayAreNobodys() {
        Project project = project(
                "pom.xml",
                "<project><dependencies>flyway-core</dependencies></project>",
                "application.yml",
                "server: {port: 80} # no flyway here\n",
                "db/migration/V1__a.sql",
                "");
        assertThat(FLYWAY.find(project)).containsExactly(Setup.in(""));
        assertThat(read(project).facts().lock()).isEqualTo(Lock.TRANSACTION_ASSUMED);
    }

    @Test
    void eachModuleIsAHistory() {
        Project project = project(
                "one/flyway.conf",
                "flyway.locations=filesystem:sql",
                "one/sql/V1__a.sql",
                "",
                "two/src/main/resources/application.yml",
                "spring: {flyway: {group: true}}",
                "two/src/main/resources/db/migration/V1__a.sql",
                "",
                "three/src/main/resources/db/migration/V1__a.sql",
                "");
        assertThat(FLYWAY.find(project))
                .containsExactlyInAnyOrder(
                        new Setup("one/sql", Optional.of("one/flyway.conf")),
                        new Setup(
                                "two/src/main/resources/db/migration",
                                Optional.of("two/src/main/resources/application.yml")),
                        Setup.in("three/src/main/resources/db/migration"));
    }

    @Test
    void wildcardsInLocations() {
        Migrations migrations = read(project(
                "flyway.conf",
                "flyway.locations=filesystem:sql/*/schema,filesystem:more/**/v?",
                "sql/a/schema/V1__a.sql",
                "",
                "sql/b/schema/deep/V2__a.sql",
                "",
                "sql/b/other/V3__a.sql",
                "",
                "more/x/y/v1/V4__a.sql",
                "",
                "more/x/y/v10/V5__a.sql",
                ""));
        assertThat(ids(migrations)).containsExactly("V1", "V2", "V4");
    }

    @Test
    void aLocationElsewhereIsSaid() {
        Migrations migrations = read(project(
                "flyway.conf", "flyway.locations=filesystem:/flyway/sql", "sql/V1__a.sql", "", "x/V2__b.sql", ""));
        assertThat(ids(migrations)).containsExactly("V1", "V2");
        assertThat(migrations.facts().remarks()).singleElement().asString().contains("/flyway/sql");
    }

    @Test
    void aNamedFileBelongsToItsLocation() {
        Project project = project("flyway.conf", "flyway.locations=filesystem:sql/all", "sql/all/2024/V1__a.sql", "");
        assertThat(FLYWAY.home("sql/all/2024/V1__a.sql", project)).contains("sql/all");
        assertThat(FLYWAY.home("sql/other/V1__a.sql", project)).isEmpty();
        assertThat(FLYWAY.home("x/src/main/resources/db/migration/deep/V1__a.sql", project))
                .contains("x/src/main/resources/db/migration");
    }

    @Test
    void migrationsThatAreClassesAreLostAndNamed() {
        Migrations migrations = read(project(
                "src/main/resources/db/migration/V1__a.sql",
                "",
                "src/main/java/db/migration/V2__Fill.java",
                "class V2__Fill {}",
                "src/main/kotlin/db/migration/R__View.kt",
                "class R__View",
                "src/main/java/app/V3__Not.java",
                "class V3__Not {}"));
        assertThat(migrations.lost())
                .extracting(lost -> lost.what())
                .containsExactlyInAnyOrder("Java migration V2", "Java migration R View");
    }

    @Test
    void callbacksAndUndoScriptsAreNamed() {
        Migrations migrations = read(project(
                "V1__a.sql",
                "",
                "U01__a.sql",
                "",
                "afterMigrate.sql",
                "",
                "beforeEachMigrate__log.sql",
                "",
                "afterwards.sql",
                ""));
        assertThat(ids(migrations)).containsExactly("V1");
        assertThat(migrations.undo()).containsOnlyKeys("V1");
        assertThat(migrations.ignored())
                .containsExactlyInAnyOrder(
                        new Ignored("U01__a.sql", "an undo migration"),
                        new Ignored("afterMigrate.sql", "a callback, which Flyway runs at afterMigrate"),
                        new Ignored("beforeEachMigrate__log.sql", "a callback, which Flyway runs at beforeEachMigrate"),
                        new Ignored("afterwards.sql", "not named as a Flyway migration"));
    }

    @Test
    void aBaselineStandsForWhatIsGone() {
        assertThat(ids(read(project("B5__base.sql", "", "B3__base.sql", "", "V6__a.sql", ""))))
                .containsExactly("B5", "V6");
        assertThat(ids(read(project("B5__base.sql", "", "V4__x.sql", "", "V6__a.sql", ""))))
                .containsExactly("V4", "V6");
    }

    @Test
    void placeholders() {
        SourceText filled = read(project(
                        "flyway.conf",
                        """
                        flyway.locations=filesystem:.
                        flyway.placeholderPrefix=@@
                        flyway.placeholderSuffix=@@
                        flyway.placeholders.Owner=shop
                        flyway.defaultSchema=crm
                        """,
                        "V1__a.sql",
                        "GRANT SELECT ON @@flyway:defaultSchema@@.t TO @@OWNER@@; -- @@flyway:filename@@\nDROP TABLE @@gone@@;"))
                .inOrder()
                .get(0)
                .source();
        assertThat(filled.content()).isEqualTo("GRANT SELECT ON crm.t TO shop; -- V1__a.sql\nDROP TABLE ${gone};");
        assertThat(filled.position(filled.content().indexOf("${gone}"))).hasToString("2:12");
    }

    @Test
    void scriptsHaveSettingsOfTheirOwn() {
        Migrations migrations = read(project(
                "flyway.conf",
                "flyway.locations=filesystem:.\nflyway.placeholders.a=b\nflyway.placeholders.env=test\n",
                "V1__a.sql",
                "${a}",
                "V1__a.sql.conf",
                "placeholderReplacement=false\nexecuteInTransaction=false\n",
                "V2__b.sql",
                "",
                "V2__b.sql.conf",
                "shouldExecute=${env}==prod\n",
                "V3__c.sql",
                "",
                "V3__c.sql.conf",
                "shouldExecute=${env}!=prod\n",
                "V4__d.sql",
                "",
                "V4__d.sql.conf",
                "shouldExecute=${unknown}==prod\n"));
        assertThat(ids(migrations)).containsExactly("V1", "V3", "V4");
        assertThat(migrations.inOrder().get(0).source().content()).isEqualTo("${a}");
        assertThat(migrations
                        .inOrder()
                        .get(0)
                        .transactions()
                        .decide(List.of("SELECT 1"))
                        .mode())
                .isEqualTo(Mode.AUTOCOMMIT);
        assertThat(migrations.ignored()).extracting(Ignored::path).containsExactly("V2__b.sql");
    }

    @Test
    void theProjectDecidesOnTransactions() {
        List<String> both = List.of("SELECT 1", "VACUUM");
        assertThat(decide("flyway.mixed=true", both)).isEqualTo(new FileTransaction(Mode.AUTOCOMMIT, Optional.empty()));
        assertThat(decide("flyway.executeInTransaction=false", both).mode()).isEqualTo(Mode.AUTOCOMMIT);
        assertThat(decide("flyway.executeInTransaction=false", List.of("SELECT 1"))
                        .mode())
                .isEqualTo(Mode.AUTOCOMMIT);
        assertThat(decide("", both).refusal()).isPresent();
        assertThat(decide("flyway.group=true", List.of("SELECT 1")).mode()).isEqualTo(Mode.ONE_TRANSACTION);
    }

    private static FileTransaction decide(String setting, List<String> statements) {
        return read(project("flyway.conf", "flyway.locations=filesystem:.\n" + setting, "V1__a.sql", ""))
                .inOrder()
                .get(0)
                .transactions()
                .decide(statements);
    }
}
