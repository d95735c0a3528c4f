package dev.lockstep.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProseTest {

    @Test
    void sentencesEndOnce() {
        assertThat(Prose.sentences("A lock", "")).isEqualTo("A lock.");
        assertThat(Prose.sentences("A lock.", "Wait")).isEqualTo("A lock. Wait.");
        assertThat(Prose.sentences("Really?", "No!")).isEqualTo("Really? No!");
    }

    @Test
    void plainTextKeepsWordsAndCode() {
        assertThat(Prose.plain("""
                        # add-column

                        Takes `ACCESS EXCLUSIVE` on **the table**, see [the manual](https://example.org/a).

                        ```sql safe
                        -- # not a heading, `not` code
                        ALTER TABLE a

                          ADD b int;
                        ```

                        ## Why
                        """)).isEqualTo("""
                        add-column

                        Takes ACCESS EXCLUSIVE on the table, see the manual.

                            -- # not a heading, `not` code
                            ALTER TABLE a

                              ADD b int;

                        Why""");
    }

    @Test
    void longTextEndsAfterASentenceOrInAnEllipsis() {
        assertThat(Prose.atMost(10, "0123456789")).isEqualTo("0123456789");
        assertThat(Prose.atMost(10, "One. Two. Three.")).isEqualTo("One. Two.");
        assertThat(Prose.atMost(9, "One. Two. Three.")).isEqualTo("One. Two.");
        assertThat(Prose.atMost(8, "One. Two. Three.")).isEqualTo("One.");
        assertThat(Prose.atMost(10, "0123456789A")).isEqualTo("012345678…");
    }

    @Test
    void idsBecomeNames() {
        assertThat(Prose.pascalCase("add-column-volatile-default")).isEqualTo("AddColumnVolatileDefault");
    }
}
