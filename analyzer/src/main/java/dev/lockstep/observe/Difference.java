package dev.lockstep.observe;

import java.util.Optional;

/**
 * Where prediction and observation part.
 *
 * @param relation with its schema; absent when it is about the statement as a whole
 * @param predicted in a few words
 * @param observed in a few words
 */
public record Difference(Aspect aspect, Optional<String> relation, String predicted, String observed) {

    public enum Aspect {
        LOCK,
        WORK,
        FAILURE,
        TRANSACTION
    }

    static Difference on(String relation, Aspect aspect, String predicted, String observed) {
        return new Difference(aspect, Optional.of(relation), predicted, observed);
    }

    static Difference of(Aspect aspect, String predicted, String observed) {
        return new Difference(aspect, Optional.empty(), predicted, observed);
    }

    @Override
    public String toString() {
        return relation.map(name -> name + ": ").orElse("") + "predicted " + predicted + ", observed " + observed;
    }
}
