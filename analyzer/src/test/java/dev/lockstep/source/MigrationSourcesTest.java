package dev.lockstep.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationSourcesTest {

    private static Project project(String... paths) {
        return MemoryProject.of(
                Stream.of(paths).map(path -> SourceText.of(path, "")).toList());
    }

    private static Migrations read(MigrationSource tool, Project project) {
        return tool.read(project, tool.assumed(project));
    }

    @Test
    void flywayRunsVersionsInOrderThenRepeatables() {
        Project project = project(
                "db/R__b.sql",
                "db/V10__x.sql",
                "db/V2__y.sql",
                "db/R__a.sql",
                "other/V2_1__z.sql",
                "db/V1.10__p.sql",
                "db/V1.9__q.sql",
                "db/U2__undo.sql",
                "db/B2__base.sql",
                "db/readme.sql");
        MigrationSource flyway = MigrationSources.named("flyway").orElseThrow();

        Migrations migrations = read(flyway, project);

        assertThat(flyway.find(project)).containsExactly(Setup.in(""));
        assertThat(migrations.inOrder())
                .extracting(Migration::id)
                .containsExactly("V1.9", "V1.10", "V2", "V2.1", "V10", "R a", "R b");
        assertThat(migrations.inOrder())
                .extracting(Migration::kind)
                .startsWith(Migration.Kind.VERSIONED)
                .endsWith(Migration.Kind.REPEATABLE);
        assertThat(migrations.undo()).containsOnlyKeys("V2");
        assertThat(migrations.ignored())
                .extracting(Migrations.Ignored::path)
                .containsExactlyInAnyOrder("db/U2__undo.sql", "db/B2__base.sql", "db/readme.sql");
        assertThat(migrations.ignored()).allMatch(ignored -> !ignored.reason().isEmpty());
    }

    @Test
    void filesWithoutMarksArePlain() {
        Project project = project("db/10_b.sql", "db/2_a.sql", "db/U1__undo.sql");
        MigrationSource plain = MigrationSources.PLAIN;
        assertThat(MigrationSources.marked())
                .allMatch(tool -> tool.find(project).isEmpty());
        assertThat(read(plain, project).inOrder())
                .extracting(migration -> migration.source().path())
                .containsExactly("db/2_a.sql", "db/10_b.sql", "db/U1__undo.sql");
        assertThat(read(plain, project).inOrder())
                .allMatch(migration ->
                        migration.transactions().decide(List.of("SELECT 1")).mode() == Mode.AUTOCOMMIT);
    }

    @ParameterizedTest
    @CsvSource({
        "executeInTransaction=false, AUTOCOMMIT",
        "executeInTransaction = true, ONE_TRANSACTION",
        "# executeInTransaction=false, ONE_TRANSACTION",
        "other=1, ONE_TRANSACTION",
        "executeInTransaction=FALSE , AUTOCOMMIT",
    })
    void aScriptsOwnSettingDecides(String configuration, Mode mode) {
        Project project = MemoryProject.of(
                List.of(SourceText.of("V1__a.sql", ""), SourceText.of("V1__a.sql.conf", configuration)));
        Migration migration = read(MigrationSources.named("flyway").orElseThrow(), project)
                .inOrder()
                .get(0);
        assertThat(migration.transactions().decide(List.of("SELECT 1")).mode()).isEqualTo(mode);
    }

    @Test
    void toolsAreKnownByName() {
        assertThat(MigrationSources.tools()).contains("flyway", "plain").doesNotHaveDuplicates();
        assertThat(MigrationSources.tools())
                .allMatch(tool -> MigrationSources.named(tool).isPresent());
        assertThat(MigrationSources.named("none")).isEmpty();
    }

    @Test
    void aScriptThatAnotherIncludesIsAPartOfThatOne() {
        Project project = MemoryProject.of(List.of(
                SourceText.of("all.sql", "\\i tables.sql\n\\i b.sql\n"),
                SourceText.of("tables.sql", "CREATE TABLE t ();"),
                SourceText.of("b.sql", "\\i a.sql\n"),
                SourceText.of("a.sql", "\\i b.sql\n")));

        Migrations migrations = read(MigrationSources.PLAIN, project);

        assertThat(migrations.inOrder())
                .extracting(migration -> migration.source().path())
                .containsExactly("all.sql");
        assertThat(migrations.ignored()).contains(new Migrations.Ignored("tables.sql", "included by all.sql"));
        assertThat(migrations.inOrder().get(0).source().content()).contains("CREATE TABLE t ()");
    }

    @ParameterizedTest
    @CsvSource({
        "2_b.sql, 10_a.sql",
        "a, b",
        "a1, a2",
        "a9, a10",
        "a, a1",
        "a01, a2",
        "1.9, 1.10",
        "x/2/b, x/10/a",
        "2, 02x",
        "99999999999999999998, 99999999999999999999",
        "1-9, 1-10",
        "'', a",
        "01, 1",
    })
    void digitsCompareAsNumbers(String smaller, String larger) {
        assertThat(NaturalOrder.INSTANCE.compare(smaller, larger)).isNegative();
        assertThat(NaturalOrder.INSTANCE.compare(larger, smaller)).isPositive();
        assertThat(NaturalOrder.INSTANCE.compare(smaller, smaller)).isZero();
    }

    @Test
    void naturalOrderIsAnOrder() {
        List<String> texts = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(5); k >= 0; k--) {
                text.append("0129a_/".charAt(random.nextInt(7)));
            }
            texts.add(text.toString());
        }
        for (String a : texts) {
            for (String b : texts) {
                int ab = Integer.signum(NaturalOrder.INSTANCE.compare(a, b));
                assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(b, a))).isEqualTo(-ab);
                for (String c : texts) {
                    if (ab <= 0 && NaturalOrder.INSTANCE.compare(b, c) <= 0) {
                        assertThat(NaturalOrder.INSTANCE.compare(a, c))
                                .as("%s %s %s", a, b, c)
                                .isNotPositive();
                    }
                }
            }
        }
    }
}
