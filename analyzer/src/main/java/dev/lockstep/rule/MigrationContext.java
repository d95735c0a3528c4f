package dev.lockstep.rule;

import dev.lockstep.lock.PgVersion;
import dev.lockstep.parse.ParsedScript;
import dev.lockstep.source.Migration;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Optional;

/** A migration being judged. */
public interface MigrationContext {

    Migration migration();

    ParsedScript script();

    /** The versions judged for, oldest first. */
    List<PgVersion> versions();

    /** The text this migration had when it was applied, if it is known to have been. */
    Optional<SourceText> appliedText();

    /** The value of an option of the rule that asks. */
    <T> T option(RuleOption<T> option);

    /** The {@code -- lockstep:deployed} comments of the file. */
    List<DeployedMarker> deployedMarkers();

    /** The comments of the file that silence rules. */
    List<Suppression> suppressions();

    /** Whether one of them has silenced a finding; known when everything has been judged. */
    boolean isUsed(Suppression suppression);

    /** The rules there are, asked or not. */
    RuleNames ruleNames();
}
