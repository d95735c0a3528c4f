package dev.lockstep.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of one file and the positions in it. Lines end with LF or CR LF; offsets are UTF-16 offsets into {@link #content()},
 * which never holds a byte-order mark.
 */
public final class SourceText {

    private static final int PAIRS_LOOKED_AT = 8;

    private final String path;
    private final String content;
    private final Charset charset;
    private final int[] lineStarts;

    /** Where a derived text came from, in order; empty for a file's own text. */
    private final List<DerivedText.Piece> pieces;

    private SourceText(String path, String content, Charset charset) {
        this(path, content, charset, List.of());
    }

    private SourceText(String path, String content, Charset charset, List<DerivedText.Piece> pieces) {
        this.path = path;
        this.content = content;
        this.charset = charset;
        this.lineStarts = lineStarts(content);
        this.pieces = List.copyOf(pieces);
    }

    static SourceText derived(String path, String content, Charset charset, List<DerivedText.Piece> pieces) {
        return new SourceText(path, content, charset, pieces);
    }

    /** A text that was never bytes, or whose bytes were UTF-8. */
    public static SourceText of(String path, String content) {
        return new SourceText(path, content, StandardCharsets.UTF_8);
    }

    /**
     * Decodes a file: a byte-order mark decides, or a zero byte in every first pair, which no other encoding of SQL has; else UTF-8, else
     * Latin-1, which accepts every byte, so that no file is lost to its encoding.
     */
    public static SourceText decode(String path, byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return decodeUtf8(path, bytes, 3);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decoded(path, bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decoded(path, bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (hasZeros(bytes, 1)) {
            return decoded(path, bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (hasZeros(bytes, 0)) {
            return decoded(path, bytes, 0, StandardCharsets.UTF_16BE);
        }
        return decodeUtf8(path, bytes, 0);
    }

    /** Whether each of the first pairs of bytes has a zero at this place, and only there. */
    private static boolean hasZeros(byte[] bytes, int place) {
        if (bytes.length < 2 * PAIRS_LOOKED_AT) {
            return false;
        }
        for (int i = 0; i < 2 * PAIRS_LOOKED_AT; i++) {
            if ((bytes[i] == 0) != (i % 2 == place)) {
                return false;
            }
        }
        return true;
    }

    /** Decodes a file whose charset somebody said; a byte-order mark knows better. */
    public static SourceText decode(String path, byte[] bytes, Charset charset) {
        SourceText guessed = decode(path, bytes);
        boolean marked =
                startsWith(bytes, 0xEF, 0xBB, 0xBF) || startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF);
        return marked || charset.equals(StandardCharsets.UTF_8) ? guessed : decoded(path, bytes, 0, charset);
    }

    private static SourceText decodeUtf8(String path, byte[] bytes, int from) {
        try {
            String content = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
            return new SourceText(path, content, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            return decoded(path, bytes, from, StandardCharsets.ISO_8859_1);
        }
    }

    private static SourceText decoded(String path, byte[] bytes, int from, Charset charset) {
        return new SourceText(path, new String(bytes, from, bytes.length - from, charset), charset);
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] lineStarts(String content) {
        int[] starts = new int[64];
        int count = 1;
        for (int at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    /** The path as it is to be shown, with forward slashes; of a derived text the file whose migration it is. */
    public String path() {
        return path;
    }

    public String content() {
        return content;
    }

    /** The charset the bytes were read in. */
    public Charset charset() {
        return charset;
    }

    public int length() {
        return content.length();
    }

    public String text(Span span) {
        return content.substring(span.start(), span.end());
    }

    /** Where {@code span} stands in a file: here, unless this text was derived from others. */
    public Place origin(Span span) {
        if (pieces.isEmpty()) {
            return new Place(this, span);
        }
        DerivedText.Piece first = pieces.get(pieceAt(span.start()));
        DerivedText.Piece last = pieces.get(pieceAt(Math.max(span.start(), span.end() - 1)));
        Place place = first.to(span.start(), last, span.end());
        return place.source().origin(place.span());
    }

    /** Whether a span says what a file says, rather than standing for it. */
    public boolean isVerbatim(Span span) {
        return pieces.isEmpty()
                || pieces.subList(pieceAt(span.start()), pieceAt(Math.max(span.start(), span.end() - 1)) + 1).stream()
                        .allMatch(DerivedText.Piece::verbatim);
    }

    /** The paths of the files that the text came from, its own first. */
    public Set<String> origins() {
        Set<String> origins = new LinkedHashSet<>(List.of(path));
        pieces.forEach(piece -> origins.addAll(piece.origin().source().origins()));
        return origins;
    }

    private int pieceAt(int offset) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces.get(middle).start() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The position of an offset, in the file it came from; one past the last character is a position too. */
    public Position position(int offset) {
        if (offset < 0 || offset > content.length()) {
            throw new IndexOutOfBoundsException(
                    offset + " is outside " + path + " (" + content.length() + " characters)");
        }
        if (!pieces.isEmpty()) {
            return origin(new Span(offset, offset)).start();
        }
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, offset - lineStarts[line] + 1);
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The span of a 1-based line without its line ending. */
    public Span line(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : content.length();
        if (end > start && content.charAt(end - 1) == '\r') {
            end--;
        }
        return new Span(start, end);
    }
}
