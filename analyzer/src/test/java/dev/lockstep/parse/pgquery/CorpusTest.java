package dev.lockstep.parse.pgquery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.NotUnderstood;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.sql.Statement;
import dev.lockstep.testing.Corpus;
import dev.lockstep.testing.Sql;
import dev.lockstep.text.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

    /** The statement nodes of PostgreSQL 18's grammar that the model knows by name only. */
    private static final Set<String> UNMODELLED = Set.of("""
            AlterCollationStmt AlterDatabaseRefreshCollStmt AlterDatabaseSetStmt AlterDatabaseStmt AlterDefaultPrivilegesStmt
            AlterDomainStmt AlterEnumStmt AlterEventTrigStmt AlterExtensionContentsStmt AlterExtensionStmt AlterFdwStmt
            AlterForeignServerStmt AlterFunctionStmt AlterObjectDependsStmt AlterOpFamilyStmt AlterOperatorStmt AlterOwnerStmt
            AlterPolicyStmt AlterPublicationStmt AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterSubscriptionStmt
            AlterSystemStmt AlterTSConfigurationStmt AlterTSDictionaryStmt AlterTableMoveAllStmt AlterTableSpaceOptionsStmt
            AlterTypeStmt AlterUserMappingStmt CallStmt CheckPointStmt ClosePortalStmt ClusterStmt CommentStmt CompositeTypeStmt
            ConstraintsSetStmt CreateAmStmt CreateCastStmt CreateConversionStmt CreateDomainStmt CreateEnumStmt
            CreateEventTrigStmt CreateExtensionStmt CreateFdwStmt CreateForeignServerStmt CreateForeignTableStmt
            CreateFunctionStmt CreateOpClassStmt CreateOpFamilyStmt CreatePLangStmt CreatePolicyStmt CreatePublicationStmt
            CreateRangeStmt CreateRoleStmt CreateSeqStmt CreateStatsStmt CreateSubscriptionStmt CreateTableSpaceStmt
            CreateTransformStmt CreateTrigStmt CreateUserMappingStmt CreatedbStmt DeallocateStmt DeclareCursorStmt DefineStmt
            DiscardStmt DoStmt DropOwnedStmt DropRoleStmt DropSubscriptionStmt DropTableSpaceStmt DropUserMappingStmt DropdbStmt
            ExecuteStmt ExplainStmt FetchStmt GrantRoleStmt GrantStmt ImportForeignSchemaStmt ListenStmt LoadStmt LockStmt
            NotifyStmt PrepareStmt ReassignOwnedStmt RefreshMatViewStmt RuleStmt SecLabelStmt UnlistenStmt VariableShowStmt
            """.strip().split("\\s+"));

    static List<Corpus.Entry> entries() {
        return Corpus.entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyStatementIsModelledOrNamed(Corpus.Entry entry) {
        ParsedScript script = Sql.accepted(entry.sql() + ";");
        assertThat(script.statements().stream().map(CorpusTest::kind)).containsExactly(entry.kind());
        assertThat(script.notUnderstood().stream().map(NotUnderstood::what).toList())
                .isEqualTo(UNMODELLED.contains(entry.kind()) ? List.of(entry.kind()) : List.of());
    }

    @Test
    void theCorpusHoldsEveryKindOfStatement() {
        Set<String> expected = new TreeSet<>(UNMODELLED);
        for (Class<?> kind : Statement.class.getPermittedSubclasses()) {
            expected.add(kind.getSimpleName());
        }
        expected.remove("Unmodelled");
        Set<String> found = Corpus.entries().stream().map(Corpus.Entry::kind).collect(Collectors.toSet());
        assertThat(new TreeSet<>(found)).isEqualTo(expected);
    }

    private static String kind(Statement statement) {
        return statement instanceof Statement.Unmodelled unmodelled
                ? unmodelled.node()
                : statement.getClass().getSimpleName();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everySpanLiesInsideItsStatement(Corpus.Entry entry) throws ReflectiveOperationException {
        String before = "/* é😀 */ SELECT 1;\n";
        ParsedScript script = Sql.accepted(before + entry.sql() + "; SELECT 2;");
        Statement statement = script.statements().get(1);
        assertThat(script.source().text(statement.span())).isEqualTo(entry.sql());
        List<Span> spans = new ArrayList<>();
        collect(statement, spans);
        assertThat(spans).isNotEmpty().allMatch(statement.span()::contains);
    }

    /** Every span in a record, however deep. */
    private static void collect(Object value, List<Span> spans) throws ReflectiveOperationException {
        if (value instanceof Span span) {
            spans.add(span);
        } else if (value instanceof Optional<?> optional) {
            collect(optional.stream().toList(), spans);
        } else if (value instanceof Collection<?> collection) {
            for (Object item : collection) {
                collect(item, spans);
            }
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                collect(component.getAccessor().invoke(value), spans);
            }
        }
    }
}
