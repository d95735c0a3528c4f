package dev.lockstep.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedTextTest {

    private static final SourceText FILE = SourceText.of("V1__a.sql", "one ${two}\nthree\n");
    private static final SourceText OTHER = SourceText.of("b.sql", "\nfour");

    private static Span span(SourceText text, String part) {
        int at = text.content().indexOf(part);
        return new Span(at, at + part.length());
    }

    @Test
    void whatWasCopiedIsFoundCharacterByCharacter() {
        SourceText text = new DerivedText()
                .copy(FILE, new Span(0, 4))
                .insert("zwei", FILE, span(FILE, "${two}"))
                .copy(FILE, span(FILE, "\nthree\n"))
                .build(FILE);

        assertThat(text.content()).isEqualTo("one zwei\nthree\n");
        assertThat(text.origin(span(text, "hree"))).isEqualTo(new Place(FILE, span(FILE, "hree")));
        assertThat(text.origin(span(text, "ne z"))).isEqualTo(new Place(FILE, span(FILE, "ne ${two}")));
        assertThat(text.origin(span(text, "ei"))).isEqualTo(new Place(FILE, span(FILE, "${two}")));
        assertThat(text.origin(span(text, "wei\nth"))).isEqualTo(new Place(FILE, span(FILE, "${two}\nth")));
        assertThat(text.position(text.length())).isEqualTo(FILE.position(FILE.length()));
    }

    @Test
    void aSpanThatRunsIntoAnotherFileEndsWithItsOwn() {
        SourceText text = new DerivedText()
                .copy(FILE, span(FILE, "three"))
                .copy(OTHER, new Span(0, OTHER.length()))
                .build(FILE);

        assertThat(text.origin(span(text, "ee\nfo"))).isEqualTo(new Place(FILE, span(FILE, "ee")));
        assertThat(text.origin(span(text, "our"))).isEqualTo(new Place(OTHER, span(OTHER, "our")));
        assertThat(text.position(text.content().indexOf("four"))).isEqualTo(new Position(2, 1));
    }

    @Test
    void derivingTwiceLeadsBackToTheFile() {
        SourceText once = new DerivedText()
                .insert("x", FILE, span(FILE, "${two}"))
                .copy(FILE, span(FILE, "three"))
                .build(FILE);
        SourceText twice = new DerivedText()
                .insert("BEGIN;", once, new Span(0, 0))
                .copy(once, new Span(0, 6))
                .build(once);

        assertThat(twice.content()).isEqualTo("BEGIN;xthree");
        assertThat(twice.origin(span(twice, "hre"))).isEqualTo(new Place(FILE, span(FILE, "hre")));
        assertThat(twice.path()).isEqualTo("V1__a.sql");
    }

    @Test
    void theHalfOfAFileKeepsItsPlaces() {
        SourceText half = DerivedText.only(FILE, List.of(span(FILE, "three")));

        assertThat(half.content()).isEqualTo("          \nthree\n");
        assertThat(half.origin(span(half, "three"))).isEqualTo(new Place(FILE, span(FILE, "three")));
    }

    @Test
    void anEmptyTextStandsAtTheHeadOfItsFile() {
        SourceText text = new DerivedText().build(FILE);

        assertThat(text.content()).isEmpty();
        assertThat(text.origin(new Span(0, 0))).isEqualTo(new Place(FILE, new Span(0, 0)));
    }
}
