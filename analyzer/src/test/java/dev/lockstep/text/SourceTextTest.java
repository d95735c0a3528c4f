package dev.lockstep.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {

    @Test
    void utf16NeedsNoByteOrderMark() {
        String sql = "SELECT 'Stra\u00dfe';\n";
        assertThat(SourceText.decode("a", sql.getBytes(StandardCharsets.UTF_16LE))
                        .content())
                .isEqualTo(sql);
        assertThat(SourceText.decode("a", sql.getBytes(StandardCharsets.UTF_16BE))
                        .content())
                .isEqualTo(sql);
        assertThat(SourceText.decode("a", "a\0b\0".getBytes(StandardCharsets.UTF_8))
                        .content())
                .isEqualTo("a\0b\0");
    }

    @ParameterizedTest
    @CsvSource({
        "c3a95fe282ac, é_€, UTF-8",
        "efbbbfc3a9, é, UTF-8",
        "fffee900ac20, é€, UTF-16LE",
        "feff00e920ac, é€, UTF-16BE",
        "e95f, é_, ISO-8859-1",
        "efbbbfe9, é, ISO-8859-1",
        "c3, Ã, ISO-8859-1",
        "f09f9880, 😀, UTF-8",
    })
    void aByteOrderMarkDecidesThenUtf8ThenLatin1(String hex, String content, String charset) {
        SourceText decoded = SourceText.decode("a.sql", HexFormat.of().parseHex(hex));
        assertThat(decoded.content()).isEqualTo(content);
        assertThat(decoded.charset()).isEqualTo(Charset.forName(charset));
    }

    @Test
    void anEmptyFileHasOneEmptyLine() {
        for (byte[] bytes : new byte[][] {{}, {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}}) {
            SourceText empty = SourceText.decode("a.sql", bytes);
            assertThat(empty.content()).isEmpty();
            assertThat(empty.lineCount()).isEqualTo(1);
            assertThat(empty.position(0)).isEqualTo(new Position(1, 1));
            assertThat(empty.line(1)).isEqualTo(new Span(0, 0));
        }
    }

    @Test
    void linesEndWithLfOrCrLf() {
        SourceText text = SourceText.of("a.sql", "ab\r\ncd\n\r\nx\ry");
        assertThat(text.lineCount()).isEqualTo(4);
        assertThat(text.text(text.line(1))).isEqualTo("ab");
        assertThat(text.text(text.line(2))).isEqualTo("cd");
        assertThat(text.text(text.line(3))).isEmpty();
        assertThat(text.text(text.line(4))).isEqualTo("x\ry");
        assertThat(text.position(0)).isEqualTo(new Position(1, 1));
        assertThat(text.position(3)).isEqualTo(new Position(1, 4));
        assertThat(text.position(4)).isEqualTo(new Position(2, 1));
        assertThat(text.position(text.length())).isEqualTo(new Position(4, 4));
    }

    @Test
    void everyOffsetLiesInTheLineOfItsPosition() {
        SourceText text = SourceText.of("a.sql", "line\n".repeat(1_000) + "\r\n".repeat(300) + "end");
        for (int offset = 0; offset <= text.length(); offset++) {
            Position position = text.position(offset);
            assertThat(offset).isEqualTo(text.line(position.line()).start() + position.column() - 1);
        }
    }

    @Test
    void anOffsetOutsideIsRefused() {
        SourceText text = SourceText.of("a.sql", "ab");
        assertThatThrownBy(() -> text.position(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> text.position(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytesLeadBackToTheirCharacters() {
        String text = "aé€😀\uD83D_\uDE00z";
        Utf8Offsets offsets = Utf8Offsets.encode(text, 100);
        assertThat(new String(offsets.bytes(), StandardCharsets.UTF_8)).isEqualTo("aé€😀?_?z");
        int[] expected = {0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 5, 6, 7, 8, 9};
        for (int i = 0; i < expected.length; i++) {
            assertThat(offsets.utf16(i)).as("byte %d", i).isEqualTo(100 + expected[i]);
        }
    }

    @Test
    void aLoneSurrogateAloneDoesNotShiftWhatFollows() {
        Utf8Offsets offsets = Utf8Offsets.encode("\uD83D'x'", 0);
        assertThat(offsets.bytes()).hasSize(4);
        assertThat(offsets.utf16(2)).isEqualTo(2);
    }
}
