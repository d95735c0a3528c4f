package dev.lockstep.catalog;

import dev.lockstep.catalog.Attached.Policy;
import dev.lockstep.catalog.Attached.Trigger;
import dev.lockstep.sql.AttachedStatement;
import dev.lockstep.sql.AttachedStatement.AlterPolicy;
import dev.lockstep.sql.AttachedStatement.CreatePolicy;
import dev.lockstep.sql.AttachedStatement.CreateTrigger;
import dev.lockstep.sql.ObjectName;
import dev.lockstep.sql.Statement.Drop;
import java.util.Optional;

/** Triggers, policies and rules of tables. */
final class AttachedReplay {

    private AttachedReplay() {}

    static Catalog apply(Catalog catalog, AttachedStatement statement) {
        QualifiedName table = catalog.resolve(statement.table());
        if (statement instanceof CreateTrigger create) {
            return addTrigger(catalog, table, trigger(catalog, create));
        }
        if (statement instanceof CreatePolicy create) {
            Policy policy = new Policy(
                    create.name().name(),
                    create.command(),
                    create.permissive(),
                    create.using().map(catalog::resolve),
                    create.withCheck().map(catalog::resolve));
            return catalog.changing(
                    table, known -> known.withAttached(known.attached().with(policy)));
        }
        if (statement instanceof AlterPolicy alter) {
            return alterPolicy(catalog, table, alter);
        }
        if (statement instanceof AttachedStatement.CreateRule create) {
            return catalog.changing(
                    table,
                    known -> known.withAttached(
                            known.attached().withRule(create.name().name())));
        }
        return catalog;
    }

    private static Trigger trigger(Catalog catalog, CreateTrigger create) {
        ObjectName function = create.function();
        return new Trigger(
                create.name().name(),
                create.timing(),
                create.events(),
                create.columns(),
                create.forEachRow(),
                create.when().map(catalog::resolve),
                catalog.resolveRoutine(function.schema(), function.name())
                        .orElse(new QualifiedName(function.schema().orElse(""), function.name())),
                create.constraint(),
                true,
                false);
    }

    /** A row trigger of a partitioned table stands on each partition too. */
    static Catalog addTrigger(Catalog catalog, QualifiedName table, Trigger trigger) {
        Catalog after = catalog.changing(
                table, known -> known.withAttached(known.attached().with(trigger)));
        if (!trigger.forEachRow()) {
            return after;
        }
        for (Table child : catalog.childrenOf(table)) {
            if (child.isPartition()) {
                after = addTrigger(after, child.name(), trigger.withInherited(true));
            }
        }
        return after;
    }

    private static Catalog alterPolicy(Catalog catalog, QualifiedName table, AlterPolicy alter) {
        return catalog.changing(
                table,
                known -> known.withAttached(known.attached()
                        .withPolicies(Lists.changing(
                                known.attached().policies(),
                                policy -> policy.name().equals(alter.name().name()),
                                policy -> new Policy(
                                        policy.name(),
                                        policy.command(),
                                        policy.permissive(),
                                        alter.using().map(catalog::resolve).or(policy::using),
                                        alter.withCheck().map(catalog::resolve).or(policy::check))))));
    }

    static Catalog drop(Catalog catalog, Drop drop) {
        Catalog after = catalog;
        for (ObjectName object : drop.objects()) {
            Optional<QualifiedName> table = drop.table().map(catalog::resolve);
            if (table.isEmpty() || catalog.table(table.get()).value().isEmpty()) {
                continue;
            }
            after = switch (drop.kind()) {
                case TRIGGER -> dropTrigger(after, table.get(), object.name());
                case POLICY ->
                    after.changing(
                            table.get(),
                            known -> known.withAttached(known.attached()
                                    .withPolicies(Lists.without(
                                            known.attached().policies(),
                                            policy -> policy.name().equals(object.name())))));
                default ->
                    after.changing(
                            table.get(),
                            known -> known.withAttached(known.attached()
                                    .withRules(Lists.without(known.attached().rules(), object.name()::equals))));
            };
        }
        return after;
    }

    private static Catalog dropTrigger(Catalog catalog, QualifiedName table, String name) {
        Catalog after = catalog.changing(
                table,
                known -> known.withAttached(known.attached()
                        .withoutTriggers(trigger -> trigger.name().equals(name))));
        for (Table child : catalog.childrenOf(table)) {
            boolean copied = child.attached().triggers().stream()
                    .anyMatch(trigger -> trigger.inherited() && trigger.name().equals(name));
            after = copied ? dropTrigger(after, child.name(), name) : after;
        }
        return after;
    }
}
