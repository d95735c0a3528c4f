package dev.lockstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.finding.Severity;
import dev.lockstep.parse.Comment;
import dev.lockstep.rule.Cause;
import dev.lockstep.rule.Hazard;
import dev.lockstep.rule.MigrationContext;
import dev.lockstep.rule.MigrationRule;
import dev.lockstep.rule.Reporter;
import dev.lockstep.rule.RuleInfo;
import dev.lockstep.rule.RuleNames;
import dev.lockstep.rule.Suppression;
import dev.lockstep.text.Span;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionCommentsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 7, 1);

    private record Named(RuleInfo info) implements MigrationRule {
        @Override
        public void check(MigrationContext context, Reporter report) {}
    }

    private static final RuleNames NAMES = new RuleNames(List.of(
            named(
                    "drop-column",
                    "squawk:ban-drop-column",
                    "pgls:banDropColumn",
                    "pgfence:drop-column",
                    "atlas:DS103",
                    "pgsafe:drop-column",
                    "migrationpilot:MP017",
                    "pg-migration-lint:PGM009"),
            named("set-not-null", "squawk:adding-not-nullable-field", "eugene:E2")));

    private static Named named(String id, String... aliases) {
        Cause cause = new Cause("cause", Severity.ERROR, Hazard.NONE, "It happens.", "");
        return new Named(
                new RuleInfo(id, "It happens", RuleInfo.Category.LOCKING, "0.1", List.of(aliases), List.of(cause)));
    }

    private static Optional<Suppression> read(String body) {
        return SuppressionComments.read(new Comment(body, new Span(0, body.length())), NAMES, TODAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            squawk-ignore ban-drop-column                        | drop-column               | false
            squawk-ignore ban-drop-column, adding-not-nullable-field | drop-column;set-not-null | false
            squawk-ignore-file ban-drop-column                   | drop-column               | true
            pgfence-ignore drop-column                           | drop-column               | false
            pgfence-ignore: drop-column                          | drop-column               | false
            pgls-ignore lint/safety/banDropColumn: we know       | drop-column               | false
            eugene: ignore E2                                    | set-not-null              | false
            atlas:nolint DS103                                   | drop-column               | false
            pgsafe:ignore drop-column nobody reads it            | drop-column               | false
            migrationpilot-disable MP017                         | drop-column               | false
            migrationpilot-disable-file MP017                    | drop-column               | true
            pgm-lint:suppress PGM009                             | drop-column               | false
            """)
    void understandsOtherLinters(String body, String rules, boolean wholeFile) {
        assertThat(read(body)).hasValueSatisfying(suppression -> {
            assertThat(suppression.rules()).containsExactly(rules.split(";"));
            assertThat(suppression.wholeFile()).isEqualTo(wholeFile);
            assertThat(suppression.own()).isFalse();
            assertThat(suppression.isActive()).isTrue();
        });
    }

    @Test
    void aTrailingReasonOfAnotherLinterSilencesNothingElse() {
        assertThat(read("squawk-ignore-file ban-drop-column as adding-not-nullable-field is fine"))
                .hasValueSatisfying(
                        suppression -> assertThat(suppression.rules()).containsExactly("drop-column"));
        assertThat(read("squawk-ignore some-rule-of-theirs")).isEmpty();
        assertThat(read("squawk-ignore")).isEmpty();
    }

    @Test
    void ownCommentsSayTheirReason() {
        assertThat(read("lockstep:ignore set-not-null, ban-drop-column until=2027-01-31 forty rows"))
                .contains(new Suppression(
                        List.of("set-not-null", "drop-column"),
                        List.of(),
                        "forty rows",
                        "2027-01-31",
                        false,
                        false,
                        true,
                        new Span(0, 73)));
        assertThat(read("lockstep:ignore set-not-null").map(Suppression::isActive))
                .contains(false);
        assertThat(read("lockstep:ignore-file set-not-null forty rows").map(Suppression::wholeFile))
                .contains(true);
        assertThat(read("lockstep:ignore").map(Suppression::rules)).contains(List.of());
        assertThat(read("lockstep:ignorance is bliss")).isEmpty();
    }

    @Test
    void anEndIsTheLastDayOfIt() {
        assertThat(read("lockstep:ignore set-not-null until=2026-07-01 x").map(Suppression::over))
                .contains(false);
        assertThat(read("lockstep:ignore set-not-null until=2026-06-30 x").map(Suppression::over))
                .contains(true);
        assertThat(read("lockstep:ignore set-not-null until=soon x").map(Suppression::over))
                .contains(true);
    }
}
