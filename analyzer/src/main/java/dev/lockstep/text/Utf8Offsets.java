package dev.lockstep.text;

import java.nio.charset.StandardCharsets;

/** The UTF-8 bytes of a piece of text, and the way back from byte offsets to UTF-16 offsets. */
public final class Utf8Offsets {

    private final byte[] bytes;
    private final int base;
    private final int[] charOfByte;

    private Utf8Offsets(byte[] bytes, int base, int[] charOfByte) {
        this.bytes = bytes;
        this.base = base;
        this.charOfByte = charOfByte;
    }

    /** Encodes {@code text}, which starts at the UTF-16 offset {@code base} of its source. A lone surrogate becomes one byte. */
    public static Utf8Offsets encode(CharSequence text, int base) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return new Utf8Offsets(bytes, base, bytes.length == text.length() ? new int[0] : table(text, bytes.length));
    }

    private static int[] table(CharSequence text, int byteCount) {
        int[] table = new int[byteCount + 1];
        int at = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = Character.codePointAt(text, i);
            int width = width(codePoint);
            for (int k = 0; k < width; k++) {
                table[at++] = i;
            }
            i += Character.charCount(codePoint);
        }
        table[byteCount] = text.length();
        return table;
    }

    private static int width(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The UTF-16 offset, in the whole source, of the character that byte {@code offset} belongs to. */
    public int utf16(int offset) {
        return base + (charOfByte.length == 0 ? offset : charOfByte[offset]);
    }
}
