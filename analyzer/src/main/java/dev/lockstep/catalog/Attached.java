package dev.lockstep.catalog;

import dev.lockstep.sql.AlterAction.ReplicaIdentity;
import dev.lockstep.sql.AttachedStatement.CreateTrigger.Timing;
import dev.lockstep.sql.AttachedStatement.Event;
import dev.lockstep.sql.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What hangs on a table under names of its own, and whom it tells of its rows. */
public record Attached(
        List<Trigger> triggers,
        List<Policy> policies,
        List<String> rules,
        boolean rowSecurity,
        ReplicaIdentity.Kind replicaIdentity) {

    public static final Attached NOTHING =
            new Attached(List.of(), List.of(), List.of(), false, ReplicaIdentity.Kind.DEFAULT);

    /**
     * A trigger.
     *
     * @param function its schema is empty when it is not known
     * @param inherited whether it is the copy of a partitioned table's trigger
     */
    public record Trigger(
            String name,
            Timing timing,
            Set<Event> events,
            List<String> columns,
            boolean forEachRow,
            Optional<Expression> when,
            QualifiedName function,
            boolean constraint,
            boolean enabled,
            boolean inherited) {
        public Trigger {
            events = Set.copyOf(events);
            columns = List.copyOf(columns);
        }

        Trigger withName(String newName) {
            return new Trigger(
                    newName, timing, events, columns, forEachRow, when, function, constraint, enabled, inherited);
        }

        Trigger withEnabled(boolean isEnabled) {
            return new Trigger(
                    name, timing, events, columns, forEachRow, when, function, constraint, isEnabled, inherited);
        }

        Trigger withInherited(boolean isInherited) {
            return new Trigger(
                    name, timing, events, columns, forEachRow, when, function, constraint, enabled, isInherited);
        }

        Trigger calling(QualifiedName newFunction) {
            return new Trigger(
                    name, timing, events, columns, forEachRow, when, newFunction, constraint, enabled, inherited);
        }

        Trigger rewriting(UnaryOperator<String> renamed, UnaryOperator<Expression> expressions) {
            return new Trigger(
                    name,
                    timing,
                    events,
                    columns.stream().map(renamed).toList(),
                    forEachRow,
                    when.map(expressions),
                    function,
                    constraint,
                    enabled,
                    inherited);
        }

        boolean uses(String column) {
            return columns.contains(column)
                    || when.filter(condition -> Expressions.uses(condition, column))
                            .isPresent();
        }
    }

    public record Policy(
            String name,
            Optional<Event> command,
            boolean permissive,
            Optional<Expression> using,
            Optional<Expression> check) {

        Policy withName(String newName) {
            return new Policy(newName, command, permissive, using, check);
        }

        Policy rewriting(UnaryOperator<Expression> expressions) {
            return new Policy(name, command, permissive, using.map(expressions), check.map(expressions));
        }

        List<Expression> expressions() {
            List<Expression> all = new ArrayList<>();
            using.ifPresent(all::add);
            check.ifPresent(all::add);
            return all;
        }
    }

    public Attached {
        triggers = List.copyOf(triggers);
        policies = List.copyOf(policies);
        rules = List.copyOf(rules);
    }

    /** With a trigger, in the place of one of that name. */
    Attached with(Trigger trigger) {
        return withTriggers(
                Lists.putting(triggers, trigger, other -> other.name().equals(trigger.name())));
    }

    Attached with(Policy policy) {
        return withPolicies(
                Lists.putting(policies, policy, other -> other.name().equals(policy.name())));
    }

    Attached withRule(String rule) {
        return new Attached(triggers, policies, Lists.putting(rules, rule, rule::equals), rowSecurity, replicaIdentity);
    }

    Attached withoutTriggers(Predicate<Trigger> which) {
        return withTriggers(Lists.without(triggers, which));
    }

    Attached withTriggers(List<Trigger> newTriggers) {
        return new Attached(newTriggers, policies, rules, rowSecurity, replicaIdentity);
    }

    Attached withPolicies(List<Policy> newPolicies) {
        return new Attached(triggers, newPolicies, rules, rowSecurity, replicaIdentity);
    }

    Attached withRules(List<String> newRules) {
        return new Attached(triggers, policies, newRules, rowSecurity, replicaIdentity);
    }

    Attached following(Renaming renaming) {
        return new Attached(
                triggers.stream()
                        .map(trigger -> trigger.rewriting(UnaryOperator.identity(), renaming::expression)
                                .calling(renaming.routine(trigger.function())))
                        .toList(),
                policies.stream()
                        .map(policy -> policy.rewriting(renaming::expression))
                        .toList(),
                rules,
                rowSecurity,
                replicaIdentity);
    }

    /** With a column of the table under another name. */
    Attached rewriting(UnaryOperator<String> renamed, UnaryOperator<Expression> expressions) {
        return new Attached(
                triggers.stream()
                        .map(trigger -> trigger.rewriting(renamed, expressions))
                        .toList(),
                policies.stream().map(policy -> policy.rewriting(expressions)).toList(),
                rules,
                rowSecurity,
                replicaIdentity);
    }

    Attached withRowSecurity(boolean on) {
        return new Attached(triggers, policies, rules, on, replicaIdentity);
    }

    Attached withReplicaIdentity(ReplicaIdentity.Kind kind) {
        return new Attached(triggers, policies, rules, rowSecurity, kind);
    }
}
