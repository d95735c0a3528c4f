package dev.lockstep.lock;

import static dev.lockstep.lock.LockMode.SHARE;

import dev.lockstep.catalog.QualifiedName;
import dev.lockstep.lock.Part.FreshValue;
import dev.lockstep.sql.Constraint;
import dev.lockstep.sql.TypeStatement;
import dev.lockstep.sql.TypeStatement.AlterDomain;
import dev.lockstep.sql.TypeStatement.DomainAction;
import java.util.List;

/** Types and domains: a domain's constraints are checked in every table that uses it. */
final class TypeRows {

    private TypeRows() {}

    static List<LockRow<?>> rows() {
        return List.of(
                LockRow.of(
                                "type",
                                TypeStatement.class,
                                "CREATE TYPE, CREATE DOMAIN, ALTER TYPE … VALUE",
                                "sql-altertype")
                        .sample(
                                World.TYPES,
                                "ALTER TYPE mood ADD VALUE 'new'",
                                "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok'",
                                "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
                                "CREATE TYPE pair AS (a int, b int)",
                                "CREATE TYPE e AS ENUM ('a')",
                                "CREATE DOMAIN d AS int CHECK (VALUE > 0)",
                                "ALTER DOMAIN plain SET DEFAULT 'x'",
                                "ALTER DOMAIN plain DROP DEFAULT",
                                "ALTER DOMAIN plain DROP NOT NULL",
                                "ALTER DOMAIN checked DROP CONSTRAINT checked_check",
                                "ALTER DOMAIN plain ADD CHECK (VALUE <> 'x') NOT VALID"),
                fresh("fresh-value")
                        .when(
                                "that ALTER TYPE … ADD VALUE made in the same transaction",
                                situation -> !situation.subject().ofFreshType())
                        .fails("55P04", Failure.When.ALWAYS, "unsafe use of a new value of an enum type")
                        .sample(
                                World.FRESH,
                                "ALTER TABLE t ALTER m SET DEFAULT 'new'",
                                "ALTER TABLE t ADD COLUMN x mood DEFAULT 'new'",
                                "ALTER TABLE t ADD CHECK (m <> 'new')",
                                "ALTER TABLE t ADD CHECK (m IN ('ok', 'new'))",
                                "ALTER TABLE t ALTER note TYPE mood USING 'new'::mood",
                                "CREATE TABLE u (m mood DEFAULT 'new')",
                                "CREATE TABLE u (m mood CHECK (m <> 'new'))",
                                "CREATE TABLE u (m checked DEFAULT 'new')",
                                "CREATE INDEX i ON t (id) WHERE m = 'new'",
                                "CREATE DOMAIN e AS mood DEFAULT 'new'",
                                "CREATE DOMAIN e AS mood CHECK (VALUE <> 'new')",
                                "ALTER DOMAIN checked SET DEFAULT 'new'",
                                "INSERT INTO t (m) VALUES ('new')",
                                "INSERT INTO t VALUES (1, 'ok', 'x'), (2, 'new', 'y')",
                                "INSERT INTO t (m) SELECT 'new' FROM t WHERE false",
                                "UPDATE t SET m = 'new'",
                                "UPDATE t SET m = 'ok' WHERE m = 'new'",
                                "DELETE FROM t WHERE m = 'new'",
                                "SELECT 'new'::mood"),
                fresh("fresh-value-of-fresh-type")
                        .when(
                                "that ALTER TYPE … ADD VALUE gave a type made in the same transaction",
                                situation -> situation.subject().ofFreshType())
                        .until(PgVersion.V16)
                        .fails("55P04", Failure.When.ALWAYS, "unsafe use of a new value of an enum type")
                        .sample(World.FRESH, "CREATE TABLE u (m young DEFAULT 'b')", "SELECT 'b'::young"),
                domain("alter-domain-check")
                        .when(
                                "ADD CHECK without NOT VALID",
                                situation -> added(situation, Constraint.Check.class)
                                        && !((Constraint.Check) constraint(situation)).notValid())
                        .lock(Role.USERS, SHARE, Work.SCAN, TypeRows::users)
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "column contains values that violate it")
                        .sample(
                                World.DOMAINS,
                                "ALTER DOMAIN d ADD CHECK (VALUE > 0)",
                                "ALTER DOMAIN d ADD CHECK (VALUE > 5)",
                                "ALTER DOMAIN inner_d ADD CHECK (VALUE > -5)",
                                "ALTER DOMAIN unused ADD CHECK (VALUE > 5)"),
                domain("alter-domain-not-null")
                        .when(
                                "SET NOT NULL",
                                situation -> situation.subject().action() instanceof DomainAction.SetNotNull)
                        .lock(Role.USERS, SHARE, Work.SCAN, TypeRows::users)
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(World.DOMAINS, "ALTER DOMAIN d SET NOT NULL", "ALTER DOMAIN unused SET NOT NULL")
                        .also(World.TYPES, "ALTER DOMAIN plain SET NOT NULL"),
                domain("alter-domain-add-not-null")
                        .when("ADD NOT NULL", situation -> added(situation, Constraint.NotNull.class))
                        .since(PgVersion.V17)
                        .lock(Role.USERS, SHARE, Work.SCAN, TypeRows::users)
                        .fails("23502", Failure.When.IF_A_ROW_VIOLATES, "column contains null values")
                        .sample(World.DOMAINS, "ALTER DOMAIN d ADD CONSTRAINT nn NOT NULL")
                        .also(World.TYPES, "ALTER DOMAIN plain ADD CONSTRAINT nn NOT NULL"),
                domain("alter-domain-add-not-null-unknown")
                        .when("ADD NOT NULL", situation -> added(situation, Constraint.NotNull.class))
                        .until(PgVersion.V16)
                        .fails("42601", Failure.When.ALWAYS, "ADD NOT NULL needs PostgreSQL 17")
                        .sample(World.DOMAINS, "ALTER DOMAIN d ADD CONSTRAINT nn NOT NULL"),
                domain("alter-domain-validate")
                        .when(
                                "VALIDATE CONSTRAINT, valid or not",
                                situation -> situation.subject().action() instanceof DomainAction.ValidateConstraint)
                        .lock(Role.USERS, SHARE, Work.SCAN, TypeRows::users)
                        .fails("23514", Failure.When.IF_A_ROW_VIOLATES, "column contains values that violate it")
                        .sample(
                                World.DOMAINS,
                                "ALTER DOMAIN d VALIDATE CONSTRAINT nv",
                                "ALTER DOMAIN late VALIDATE CONSTRAINT broken")
                        .also(World.TYPES, "ALTER DOMAIN checked VALIDATE CONSTRAINT checked_check"));
    }

    private static LockRow.Builder<FreshValue> fresh(String id) {
        return LockRow.of(id, FreshValue.class, "any use of a value of an enum type", "sql-altertype");
    }

    private static LockRow.Builder<AlterDomain> domain(String id) {
        return LockRow.of(id, AlterDomain.class, "ALTER DOMAIN", "sql-alterdomain");
    }

    private static Constraint constraint(Situation<AlterDomain> situation) {
        return ((DomainAction.AddConstraint) situation.subject().action()).constraint();
    }

    private static boolean added(Situation<AlterDomain> situation, Class<? extends Constraint> kind) {
        return situation.subject().action() instanceof DomainAction.AddConstraint add
                && kind.isInstance(add.constraint());
    }

    private static List<QualifiedName> users(Situation<AlterDomain> situation) {
        return situation
                .dependents()
                .usersOfType(situation
                        .dependents()
                        .typeNamed(situation.resolve(situation.subject().domain())));
    }
}
