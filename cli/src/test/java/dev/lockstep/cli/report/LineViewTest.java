package dev.lockstep.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cli.user.Printable;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineViewTest {

    /** The line as shown and, below it, the carets. */
    private static String view(String line, String marked, int room) {
        int start = line.indexOf(marked);
        LineView view = LineView.of(line, start, start + marked.length(), room);
        return view.text() + "\n" + " ".repeat(view.caretColumn()) + "^".repeat(view.caretCount());
    }

    @Test
    void caretsStandUnderTheMarkedText() {
        assertThat(view("SELECT one, two;", "one", 40)).isEqualTo("SELECT one, two;\n       ^^^");
    }

    @Test
    void tabsGoToTheNextFourthColumn() {
        assertThat(view("\ta\tbc;", "bc", 40)).isEqualTo("    a   bc;\n        ^^");
    }

    @Test
    void wideAndCombiningCharactersTakeTheirColumns() {
        assertThat(view("'\u6f22\u5b57' e\u0301 x", "x", 40)).isEqualTo("'\u6f22\u5b57' e\u0301 x\n         ^");
        assertThat(view("'\ud83d\ude80' x", "\ud83d\ude80", 40)).isEqualTo("'\ud83d\ude80' x\n ^^");
    }

    @Test
    void controlsAreEscaped() {
        assertThat(view("'\u001b[1m' x", "x", 40)).isEqualTo("'\\x1b[1m' x\n          ^");
        assertThat(view("\ud800 x", "x", 40)).isEqualTo("\\ud800 x\n       ^");
    }

    @Test
    void anEmptyPlaceHasOneCaret() {
        LineView view = LineView.of("abc", 3, 3, 40);

        assertThat(view.caretColumn()).isEqualTo(3);
        assertThat(view.caretCount()).isEqualTo(1);
    }

    @Test
    void aLongLineIsCutAroundTheMarkedText() {
        String line = "SELECT " + "a, ".repeat(40) + "MARK, " + "b, ".repeat(40) + "c";

        assertThat(view(line, "MARK", 40)).isEqualTo("""
                ... a, a, a, MARK, b, b, b, b, b, b, ...
                             ^^^^""");
        assertThat(view(line, "SELECT", 40)).isEqualTo("""
                SELECT a, a, a, a, a, a, a, a, a, a, ...
                ^^^^^^""");
    }

    @Test
    void whateverIsMarkedTheCaretsStayInTheRoom() {
        Random random = new Random(7);
        String alphabet = "ab \t\u6f22\u0301\u001b";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder line = new StringBuilder();
            int length = random.nextInt(90);
            for (int i = 0; i < length; i++) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            int start = random.nextInt(length + 1);
            int end = start + random.nextInt(length - start + 1);
            LineView view = LineView.of(line.toString(), start, end, 30);

            assertThat(Printable.width(view.text())).isLessThanOrEqualTo(30);
            assertThat(view.caretCount()).isPositive();
            assertThat(view.caretColumn()).isNotNegative();
            assertThat(view.caretColumn() + view.caretCount())
                    .as("%s from %s to %s", line, start, end)
                    .isLessThanOrEqualTo(31);
        }
    }
}
