package dev.lockstep.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.parse.ParsedScript;
import dev.lockstep.sql.AlterAction.Switch;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.RoutineStatement.CreateFunction;
import dev.lockstep.sql.RoutineStatement.DoBlock;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.sql.Statement.CreateTable;
import dev.lockstep.sql.Statement.Drop;
import dev.lockstep.testing.Sql;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatementModelTest {

    @Test
    void actionsOfTriggersAndRulesSayWhichAndHow() {
        AlterTable alter = Sql.statement(
                AlterTable.class, "ALTER TABLE t DISABLE TRIGGER USER, ENABLE REPLICA TRIGGER a, DISABLE RULE r");
        assertThat(alter.actions())
                .extracting(
                        action -> ((Switch) action).rule(),
                        action -> ((Switch) action).name(),
                        action -> ((Switch) action).userTriggersOnly(),
                        action -> ((Switch) action).mode())
                .containsExactly(
                        tuple(false, Optional.empty(), true, Switch.Mode.DISABLE),
                        tuple(false, Optional.of("a"), false, Switch.Mode.ENABLE_REPLICA),
                        tuple(true, Optional.of("r"), false, Switch.Mode.DISABLE));
    }

    @Test
    void storageParametersKeepTheirNamesAndValues() {
        AlterTable alter =
                Sql.statement(AlterTable.class, "ALTER TABLE t SET (fillfactor = 70, toast.autovacuum_enabled = off)");
        AlterAction.StorageParameters set =
                (AlterAction.StorageParameters) alter.actions().get(0);
        assertThat(set.options())
                .containsExactly(
                        new Option("fillfactor", Optional.of("70")),
                        new Option("toast.autovacuum_enabled", Optional.of("off")));
        assertThat(set.options().get(1).isOn()).isFalse();
    }

    @Test
    void partitionsKeepTheirKeysAndBounds() {
        CreateTable parent =
                Sql.statement(CreateTable.class, "CREATE TABLE p (a int, b text) PARTITION BY RANGE (a, lower(b))");
        assertThat(parent.partitionKey().orElseThrow().strategy()).isEqualTo(PartitionKey.Strategy.RANGE);
        assertThat(parent.partitionKey().orElseThrow().keys())
                .extracting(Statement.IndexKey::label)
                .containsExactly("a", "lower");
        CreateTable hash = Sql.statement(
                CreateTable.class, "CREATE TABLE c PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1)");
        assertThat(hash.bound()).contains(new PartitionBound.Hash(4, 1));
        CreateTable rest = Sql.statement(CreateTable.class, "CREATE TABLE d PARTITION OF p DEFAULT");
        assertThat(rest.defaultPartition()).isTrue();
    }

    @Test
    void functionsKeepTheirSignaturePromiseAndBody() {
        String sql = "CREATE FUNCTION s.f(a int, OUT b text) LANGUAGE sql STABLE SECURITY DEFINER"
                + " SET search_path = pg_catalog AS $$ SELECT 'x' || 1 $$";
        CreateFunction function = Sql.statement(CreateFunction.class, sql);
        assertThat(function.volatility()).contains(RoutineStatement.Volatility.STABLE);
        assertThat(function.securityDefiner()).isTrue();
        assertThat(function.settings()).containsExactly("search_path");
        assertThat(function.parameters())
                .extracting(parameter -> parameter.mode().isInput())
                .containsExactly(true, false);
        RoutineStatement.Body body = function.body().orElseThrow();
        assertThat(sql.substring(body.span().start(), body.span().end())).isEqualTo("$$ SELECT 'x' || 1 $$");
        assertThat(body.text()).isEqualTo(" SELECT 'x' || 1 ");
        assertThat(function.value()).isPresent();
    }

    @Test
    void bodiesThatDoMoreThanYieldAValueHaveNone() {
        for (String body : List.of("SELECT 1; SELECT 2", "SELECT a FROM t", "INSERT INTO t VALUES (1)")) {
            CreateFunction function = Sql.statement(
                    CreateFunction.class, "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '" + body + "'");
            assertThat(function.value()).as(body).isEmpty();
        }
    }

    @Test
    void blocksCallsAndDefinitionsAreUnderstood() {
        ParsedScript script =
                Sql.accepted("DO $$ BEGIN END $$; CALL p(); GRANT SELECT ON t TO PUBLIC; COMMENT ON TABLE t IS 'x';"
                        + " CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'");
        assertThat(script.notUnderstood()).isEmpty();
        DoBlock block = (DoBlock) script.statements().get(0);
        assertThat(script.source().text(block.body().span())).isEqualTo("$$ BEGIN END $$");
    }

    @Test
    void aTriggersTableAndEventsAreKnown() {
        CreateTrigger trigger = Sql.statement(
                CreateTrigger.class,
                "CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF a, b ON s.t FOR EACH ROW EXECUTE FUNCTION x.f()");
        assertThat(trigger.table()).hasToString("s.t");
        assertThat(trigger.function()).hasToString("x.f");
        assertThat(trigger.events()).containsExactlyInAnyOrder(Event.INSERT, Event.UPDATE);
        assertThat(trigger.columns()).containsExactly("a", "b");
        assertThat(trigger.timing()).isEqualTo(CreateTrigger.Timing.BEFORE);
    }

    @Test
    void droppedTriggersKnowTheirTableAndDroppedFunctionsTheirArguments() {
        Drop trigger = Sql.statement(Drop.class, "DROP TRIGGER tr ON s.t");
        assertThat(trigger.objects()).extracting(ObjectName::toString).containsExactly("tr");
        assertThat(trigger.table()).get().hasToString("s.t");
        Drop functions = Sql.statement(Drop.class, "DROP FUNCTION f(int, s.ty[]), g");
        assertThat(functions.arguments().get(0).orElseThrow())
                .extracting(TypeName::name)
                .containsExactly("int4", "ty");
        assertThat(functions.arguments().get(1)).isEmpty();
    }

    @Test
    void rowLocksNameTheirRelations() {
        Statement.Select select = Sql.statement(
                Statement.Select.class, "SELECT * FROM a x JOIN b USING (id) FOR NO KEY UPDATE OF x FOR SHARE OF b");
        assertThat(select.query().relations()).extracting(ObjectName::toString).containsExactly("a", "b");
        assertThat(select.query().rowLocks())
                .extracting(Query.RowLock::strength)
                .containsExactlyInAnyOrder(Query.RowLock.Strength.NO_KEY_UPDATE, Query.RowLock.Strength.SHARE);
    }
}
