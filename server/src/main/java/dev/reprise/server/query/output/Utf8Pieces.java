package dev.reprise.server.query.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a long text in UTF-8 without holding all of its bytes at once. */
public final class Utf8Pieces {
    private static final int PIECE = 1 << 14;

    private Utf8Pieces() {}

    /** How many bytes {@link #write} writes. An unpaired surrogate becomes a question mark, as in Java's encoder. */
    static long length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < 0x80) {
                bytes++;
            } else if (character < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(character)) {
                bytes += 3;
            } else if (isPair(text, i)) {
                bytes += 4;
                i++;
            } else {
                bytes++;
            }
        }
        return bytes;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    static void write(String text, OutputStream out) throws IOException {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            to += to < text.length() && isPair(text, to - 1) ? 1 : 0;
            out.write(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
            from = to;
        }
    }
}
