package dev.lockstep.source.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.source.TransactionRule;
import dev.lockstep.source.TransactionRule.FileTransaction;
import dev.lockstep.source.TransactionRule.Mode;
import dev.lockstep.source.Version;
import dev.lockstep.testing.Corpus;
import dev.lockstep.text.SourceText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.resource.StringResource;
import org.flywaydb.core.internal.sqlscript.ParserSqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reading of names, versions and transactions, held against Flyway's own. */
class FlywayOracleTest {

    private static final FluentConfiguration CONFIGURATION = new FluentConfiguration();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V1__init.sql",
                "V1.sql",
                "V01__a.sql",
                "V1_1__a_b.sql",
                "V1.1__a.sql",
                "V1__.sql",
                "V1_a.sql",
                "V__a.sql",
                "V1__a__b.sql",
                "V1.1.sql",
                "V1..1__a.sql",
                "V1._1__a.sql",
                "V1a__b.sql",
                "V20240101120000__long.sql",
                "v1__lower.sql",
                "R__view.sql",
                "R__.sql",
                "R1__view.sql",
                "R_view.sql",
                "Rview.sql",
                "R__a_b.sql",
                "V1.0__zero.sql",
                "B1__base.sql",
                "B2.sql",
                "A1__x.sql",
                "README.md",
                "V1__é.sql",
                "V1__with space.sql",
                "V1___a.sql",
                "V1_2_3__x.sql",
                "V1.2_3__x.sql",
                "VV1__x.sql",
                "V 1__x.sql",
                "V99999999999999999999__big.sql",
                "V1_.sql",
                "V1___.sql",
                "V_1__a.sql",
                "V1____a.sql",
                "V1.__a.sql"
            })
    void names(String file) {
        ResourceName theirs = new ResourceNameParser(CONFIGURATION).parse(file, new String[] {".sql"});
        var ours = FlywayNaming.DEFAULT.parse(file);
        assertThat(ours.isPresent())
                .as("%s: %s", file, theirs.getValidityMessage())
                .isEqualTo(theirs.isValid());
        ours.ifPresent(name -> {
            assertThat(name.prefix().name().substring(0, 1)).isEqualTo(theirs.getPrefix());
            assertThat(name.description().replace('_', ' ')).isEqualTo(theirs.getDescription());
            assertThat(name.id())
                    .isEqualTo(theirs.getPrefix()
                            + (theirs.getVersion() == null
                                    ? " " + theirs.getDescription()
                                    : theirs.getVersion().getVersion()));
        });
    }

    @Test
    void versions() {
        List<String> versions = List.of(
                "0",
                "00",
                "1",
                "01",
                "1.0",
                "1.0.0",
                "1_0",
                "1.1",
                "1.01",
                "1_1",
                "1.10",
                "1.9",
                "2",
                "10",
                "1.1.1",
                "1.0.1",
                "20240101",
                "20240101.1",
                "99999999999999999999",
                "1.99999999999999999999");
        for (String left : versions) {
            for (String right : versions) {
                int theirs = MigrationVersion.fromVersion(left).compareTo(MigrationVersion.fromVersion(right));
                Version ours = Version.parse(left).orElseThrow();
                assertThat(Integer.signum(ours.compareTo(Version.parse(right).orElseThrow())))
                        .as("%s and %s", left, right)
                        .isEqualTo(Integer.signum(theirs));
                assertThat(ours.equals(Version.parse(right).orElseThrow())).isEqualTo(theirs == 0);
            }
        }
    }

    static Stream<String> statements() {
        Stream<String> special = Stream.of(
                "CREATE INDEX CONCURRENTLY i ON t (a)",
                "create unique index\n concurrently if not exists i on t (a)",
                "CREATE /* x */ INDEX -- y\n CONCURRENTLY i ON t (a)",
                "-- first\n/* then */ DROP INDEX CONCURRENTLY i",
                "CREATE INDEX concurrently_named ON t (a)",
                "CREATE INDEX i ON concurrently (a)",
                "CREATE INDEX \"CONCURRENTLY\" ON t (a)",
                "REINDEX INDEX CONCURRENTLY i",
                "REINDEX TABLE CONCURRENTLY t",
                "REINDEX SCHEMA s",
                "REINDEX VERBOSE DATABASE d",
                "REINDEX (VERBOSE) DATABASE d",
                "REINDEX (CONCURRENTLY) TABLE t",
                "REINDEX SCHEMA CONCURRENTLY s",
                "REINDEX SYSTEM d",
                "VACUUM",
                "VACUUM t",
                "VACUUM (FULL) t",
                "VACUUM FULL t",
                "VACUUM ANALYZE t",
                "ANALYZE t",
                "DISCARD ALL",
                "DISCARD PLANS",
                "CREATE DATABASE d",
                "DROP DATABASE IF EXISTS d",
                "CREATE TABLESPACE t LOCATION '/x'",
                "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p",
                "DROP SUBSCRIPTION s",
                "ALTER SYSTEM SET work_mem = '1MB'",
                "ALTER DATABASE d SET work_mem = '1MB'",
                "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
                "COMMENT ON TABLE t IS 'VACUUM'",
                "INSERT INTO vacuum VALUES (1)",
                "DO $$ BEGIN EXECUTE 'VACUUM'; END $$",
                "CALL vacuum()",
                "SELECT 1");
        return Stream.concat(
                special,
                Corpus.statements().stream()
                        .filter(sql -> !sql.contains("ADD VALUE") && !sql.startsWith("PREPARE TRANSACTION")));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statementsThatStandAlone(String statement) {
        boolean theirs = flyway(statement + ";").get(0);
        FileTransaction ours = FlywayTransactions.DEFAULT.decide(List.of(statement));
        assertThat(ours.mode()).isEqualTo(theirs ? Mode.ONE_TRANSACTION : Mode.AUTOCOMMIT);
        assertThat(ours.refusal()).isEmpty();
        FileTransaction mixed = FlywayTransactions.DEFAULT.decide(List.of("SELECT 1", statement));
        assertThat(mixed.refusal().map(TransactionRule.Refusal::statement))
                .isEqualTo(theirs ? Optional.empty() : Optional.of(1));
    }

    @Test
    void anEmptyFileRunsInATransaction() {
        assertThat(FlywayTransactions.DEFAULT.decide(List.of()).mode()).isEqualTo(Mode.ONE_TRANSACTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1;",
                "SELECT 1;\n",
                "SELECT 1;\r\nSELECT 2;\r\n",
                "SELECT 1;\rSELECT 2;",
                "\uFEFFSELECT 'é€😀';\n\n-- comment\n",
                "\n\n",
                "  SELECT 1;  "
            })
    void checksums(String text) {
        int theirs = ChecksumCalculator.calculate(new StringResource(text));
        assertThat(Checksum.of(text)).isEqualTo(theirs);
        assertThat(Checksum.of(text.replace("\n", "\r\n"))).isEqualTo(theirs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE ${schema}.t (id int);",
                "-- ${schema}\nSELECT '${SCHEMA}', $$${schema}$$, \"${schema}\";",
                "${schema}${schema}",
                "SELECT '$', '{schema}', '$ {schema}', $1;",
                "${empty}|${two lines}|",
                "SELECT 1"
            })
    void placeholders(String text) throws IOException {
        Map<String, String> values = Map.of("schema", "shop", "empty", "", "two lines", "a\nb");
        Reader theirs = new PlaceholderReplacingReader("${", "}", ":", values, new StringReader(text));
        SourceText file = SourceText.of("V1__a.sql", text);
        assertThat(FlywayPlaceholders.DEFAULT.with(values).fill(file).content())
                .isEqualTo(new BufferedReader(theirs).lines().collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @CsvSource({
        "false, true, ''",
        "true, true, ''",
        "false, false, ''",
        "true, false, ''",
        "false, true, executeInTransaction=true",
        "false, true, executeInTransaction=false",
        "true, true, executeInTransaction=true",
        "true, false, executeInTransaction=true"
    })
    void settings(boolean mixed, boolean executeInTransaction, String script) {
        FluentConfiguration configuration =
                new FluentConfiguration().mixed(mixed).executeInTransaction(executeInTransaction);
        for (List<String> statements :
                List.of(List.of("SELECT 1"), List.of("VACUUM"), List.of("SELECT 1", "VACUUM"), List.<String>of())) {
            FileTransaction ours = new FlywayTransactions(
                            mixed,
                            executeInTransaction,
                            ScriptConfiguration.of(SourceText.of("V1.sql.conf", script), FlywayPlaceholders.DEFAULT)
                                    .executeInTransaction())
                    .decide(statements);
            SqlScript theirs = script(configuration, String.join(";\n", statements), script);
            if (ours.refusal().isPresent()) {
                assertThatThrownBy(theirs::executeInTransaction)
                        .hasMessageContaining(ours.refusal().get().reason());
            } else {
                assertThat(ours.mode() == Mode.ONE_TRANSACTION).isEqualTo(theirs.executeInTransaction());
            }
        }
    }

    private static SqlScript script(FluentConfiguration configuration, String sql, String settings) {
        return new ParserSqlScript(
                new PostgreSQLParser(configuration, new ParsingContext()),
                new StringResource(sql),
                new StringResource(settings),
                configuration.isMixed());
    }

    /** Whether each statement may run in a transaction, by Flyway's parser. */
    private static List<Boolean> flyway(String sql) {
        List<Boolean> answers = new ArrayList<>();
        try (SqlStatementIterator statements =
                new PostgreSQLParser(CONFIGURATION, new ParsingContext()).parse(new StringResource(sql))) {
            statements.forEachRemaining(statement -> answers.add(statement.canExecuteInTransaction()));
        }
        return answers;
    }
}
