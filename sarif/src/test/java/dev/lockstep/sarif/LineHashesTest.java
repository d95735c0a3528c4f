package dev.lockstep.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The expected hashes are those that GitHub's upload action computes for the same texts. */
final class LineHashesTest {

    @Test
    void anEmptyFileHasOneLine() {
        assertThat(new LineHashes("").of(1)).isEqualTo("c129715d7a2bc9a3:1");
    }

    @Test
    void blanksAndTabsDoNotCount() {
        LineHashes hashes = new LineHashes(" a\nb\n  \t\tc\n d");

        assertThat(hashes.of(1)).isEqualTo("271789c17abda88f:1");
        assertThat(hashes.of(2)).isEqualTo("54703d4cd895b18:1");
        assertThat(hashes.of(3)).isEqualTo("180aee12dab6264:1");
        assertThat(hashes.of(4)).isEqualTo("a23a3dc5e078b07b:1");
    }

    @Test
    void lineEndingsAreAllAlike() {
        String text = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n";

        for (String ending : new String[] {"\n", "\r", "\r\n"}) {
            LineHashes hashes = new LineHashes(text.replace("\n", ending));

            assertThat(hashes.of(1)).isEqualTo("e9496ae3ebfced30:1");
            assertThat(hashes.of(3)).isEqualTo("ce8ba1a563dcdaca:1");
            assertThat(hashes.of(6)).isEqualTo("c8e28b0b4002a3a0:1");
            assertThat(hashes.of(7)).isEqualTo("c129715d7a2bc9a3:1");
        }
    }

    @Test
    void equalLinesAreNumberedUntilTheEndOfTheFileComesIntoView() {
        LineHashes hashes = new LineHashes("Lorem ipsum dolor sit amet.\n".repeat(10));

        assertThat(hashes.of(1)).isEqualTo("a7f2ff13bc495cf2:1");
        assertThat(hashes.of(6)).isEqualTo("a7f2ff13bc495cf2:6");
        assertThat(hashes.of(7)).isEqualTo("a7f2ff1481e87703:1");
        assertThat(hashes.of(10)).isEqualTo("cc97dc7b1d7d8f7b:1");
    }
}
