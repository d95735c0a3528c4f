package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.engine.Deploys.Planned;
import dev.lockstep.source.Migration;
import dev.lockstep.source.Migration.Kind;
import dev.lockstep.source.TransactionRule;
import dev.lockstep.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploysTest {

    private static Migration migration(String id, Kind kind, String text) {
        return new Migration(id, kind, SourceText.of(id, text), TransactionRule.ONE_TRANSACTION);
    }

    private static AppliedHistory applied(Map<String, String> texts) {
        return migration ->
                Optional.ofNullable(texts.get(migration.id())).map(text -> SourceText.of(migration.id(), text));
    }

    /** Identity, text, part and, for what is new, the word. */
    private static List<String> told(Deploys deploys) {
        int last = deploys.inOrder().stream().mapToInt(Planned::deploy).max().orElse(0);
        return deploys.inOrder().stream()
                .map(planned -> planned.migration().id() + " "
                        + planned.migration().source().content().strip() + " " + planned.judging()
                        + (planned.deploy() == last ? " together" : ""))
                .toList();
    }

    @Test
    void appliedMigrationsComeFirstWithTheirAppliedText() {
        List<Migration> inOrder = List.of(
                migration("V1", Kind.VERSIONED, "one"),
                migration("V2", Kind.VERSIONED, "edited"),
                migration("V3", Kind.VERSIONED, "new"),
                migration("V4", Kind.VERSIONED, "four\r\n"),
                migration("R a", Kind.REPEATABLE, "same"),
                migration("R b", Kind.REPEATABLE, "changed"));
        AppliedHistory history =
                applied(Map.of("V1", "one", "V2", "two", "V4", "four\n", "R a", "same", "R b", "before"));

        Deploys deploys = Deploys.after(inOrder, history, migration -> true);

        assertThat(told(deploys))
                .containsExactly(
                        "V1 one NOT",
                        "V2 two NOT",
                        "V4 four NOT",
                        "R a same NOT",
                        "R b before NOT",
                        "V2 edited HISTORY_ONLY together",
                        "V3 new FULL together",
                        "R b changed FULL together");
        assertThat(deploys.boundary()).isTrue();
    }

    @Test
    void whatIsNotJudgedIsNotAskedAboutItsHistoryEither() {
        List<Migration> inOrder =
                List.of(migration("V1", Kind.VERSIONED, "edited"), migration("V2", Kind.VERSIONED, "new"));

        Deploys deploys = Deploys.after(inOrder, applied(Map.of("V1", "one")), migration -> false);

        assertThat(told(deploys)).containsExactly("V1 one NOT", "V2 new NOT together");
    }
}
