package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.ACCESS_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.ACCESS_SHARE;
import static dev.lockstep.lock.LockMode.SHARE_ROW_EXCLUSIVE;
import static dev.lockstep.lock.LockMode.SHARE_UPDATE_EXCLUSIVE;

import dev.lockstep.sql.AttachedStatement.AlterPolicy;
import dev.lockstep.sql.AttachedStatement.CreatePolicy;
import dev.lockstep.sql.AttachedStatement.CreateRule;
import dev.lockstep.sql.AttachedStatement.CreateStatistics;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.Expression;
import dev.lockstep.sql.ObjectStatement;
import dev.lockstep.sql.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What hangs on tables: triggers, rules, policies, statistics, publications. */
final class AttachedRows {

    private AttachedRows() {}

    static List<LockRow<?>> rows() {
        return attached();
    }

    private static List<LockRow<?>> attached() {
        return List.of(
                LockRow.of("create-trigger", CreateTrigger.class, "CREATE TRIGGER", "sql-createtrigger")
                        .target(SHARE_ROW_EXCLUSIVE, Work.NONE)
                        .lock(
                                Role.PARTITIONS,
                                SHARE_ROW_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.isPartitioned()
                                                && situation.subject().forEachRow()
                                        ? situation.below()
                                        : List.of())
                        .lock(
                                Role.OTHERS,
                                ACCESS_SHARE,
                                Work.NONE,
                                situation -> situation.subject().from().stream()
                                        .map(situation::resolve)
                                        .toList())
                        .sample(
                                World.TRIGGERS,
                                "CREATE OR REPLACE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION note()",
                                "CREATE CONSTRAINT TRIGGER ct AFTER INSERT ON t FROM log FOR EACH ROW EXECUTE FUNCTION note()")
                        .also(
                                World.EVENTS,
                                "CREATE TRIGGER t AFTER INSERT ON events FOR EACH ROW"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                                "CREATE TRIGGER t AFTER INSERT ON events FOR EACH STATEMENT"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()")
                        .also(
                                World.INHERITED,
                                "CREATE TRIGGER t BEFORE UPDATE ON parent FOR EACH ROW"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()"),
                LockRow.of("create-rule", CreateRule.class, "CREATE RULE", "sql-createrule")
                        .target(ACCESS_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING"),
                LockRow.of("create-policy", CreatePolicy.class, "CREATE POLICY", "sql-createpolicy")
                        .with(row -> policy(row, CreatePolicy::using, CreatePolicy::withCheck))
                        .sample(
                                World.TRIGGERS,
                                "CREATE POLICY q ON t USING (true)",
                                "CREATE POLICY q ON t USING (EXISTS (SELECT 1 FROM log))"),
                LockRow.of("alter-policy", AlterPolicy.class, "ALTER POLICY", "sql-alterpolicy")
                        .with(row -> policy(row, AlterPolicy::using, AlterPolicy::withCheck))
                        .sample(
                                World.TRIGGERS,
                                "ALTER POLICY p ON t USING (false)",
                                "ALTER POLICY p ON t USING (EXISTS (SELECT 1 FROM log))"),
                LockRow.of("create-statistics", CreateStatistics.class, "CREATE STATISTICS", "sql-createstatistics")
                        .target(SHARE_UPDATE_EXCLUSIVE, Work.NONE)
                        .sample(World.SHOP, "CREATE STATISTICS s ON note, total FROM orders")
                        .also(World.EVENTS, "CREATE STATISTICS s ON id, kind FROM events"),
                LockRow.of(
                                "publication",
                                ObjectStatement.Publication.class,
                                "CREATE PUBLICATION, ALTER PUBLICATION",
                                "sql-createpublication")
                        .lock(
                                Role.TARGET,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.target().equals(Part.NO_RELATION)
                                        ? List.of()
                                        : List.of(situation.target()))
                        .mayLock(
                                Role.OTHERS,
                                SHARE_UPDATE_EXCLUSIVE,
                                Work.NONE,
                                situation -> situation.subject().action() == ObjectStatement.Publication.Action.SET
                                        ? situation.relations().tables()
                                        : List.of())
                        .sample(
                                World.SHOP,
                                "CREATE PUBLICATION lk FOR TABLE orders",
                                "CREATE PUBLICATION lk FOR ALL TABLES")
                        .also(
                                World.TRIGGERS,
                                "ALTER PUBLICATION changes ADD TABLE t",
                                "ALTER PUBLICATION changes SET TABLE t",
                                "ALTER PUBLICATION changes DROP TABLE log"),
                LockRow.of(
                                "publication-schemas",
                                ObjectStatement.Publication.class,
                                "CREATE PUBLICATION",
                                "sql-createpublication")
                        .when(
                                "FOR TABLES IN SCHEMA",
                                situation -> !situation.subject().schemas().isEmpty())
                        .until(PgVersion.V14)
                        .fails("42601", Failure.When.ALWAYS, "TABLES IN SCHEMA needs PostgreSQL 15")
                        .sample(World.SHOP, "CREATE PUBLICATION lk FOR TABLES IN SCHEMA public"));
    }

    /** The relations that subqueries of the conditions read are looked up. */
    private static <S> LockRow.Builder<S> policy(
            LockRow.Builder<S> row, Function<S, Optional<Expression>> using, Function<S, Optional<Expression>> check) {
        return row.target(ACCESS_EXCLUSIVE, Work.NONE)
                .lock(
                        Role.SOURCE,
                        ACCESS_SHARE,
                        Work.NONE,
                        situation -> Stream.of(using.apply(situation.subject()), check.apply(situation.subject()))
                                .flatMap(Optional::stream)
                                .flatMap(AttachedRows::subqueries)
                                .flatMap(query -> query.relations().stream())
                                .map(situation::resolve)
                                .toList());
    }

    private static Stream<Query> subqueries(Expression expression) {
        return expression instanceof Expression.Subquery subquery
                ? Stream.of(subquery.query())
                : expression.children().stream().flatMap(AttachedRows::subqueries);
    }
}
