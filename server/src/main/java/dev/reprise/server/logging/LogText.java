package dev.reprise.server.logging;

import java.util.Locale;

/**
 * A text in the form in which the log shows it: on one line, without characters that move a reader's cursor or reverse
 * the direction of the text, and of limited length. So text from outside, such as a handler's error message, cannot
 * pose as a line of the log.
 */
final class LogText {
    /** How much of a text is shown. */
    static final int LENGTH_MAX = 8 << 10;

    private LogText() {}

    /** The text on one line. */
    static String oneLine(String text) {
        int length = Math.min(text.length(), LENGTH_MAX);
        int plain = 0;
        while (plain < length && !isHidden(text.charAt(plain))) {
            plain++;
        }
        return plain == text.length() ? text : escaped(text, plain, length);
    }

    private static String escaped(String text, int plain, int length) {
        StringBuilder line = new StringBuilder(length + 64).append(text, 0, plain);
        for (int i = plain; i < length; i++) {
            char character = text.charAt(i);
            if (isHidden(character)) {
                line.append(escape(character));
            } else {
                line.append(character);
            }
        }
        return line.append(rest(text)).toString();
    }

    /** The text as it is, cut to that length. */
    static String bounded(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + rest(text);
    }

    private static String rest(String text) {
        return text.length() <= LENGTH_MAX ? "" : " … (" + (text.length() - LENGTH_MAX) + " more characters)";
    }

    /** The visible form of a hidden character. */
    static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", character);
        };
    }

    /**
     * Control characters (C0, DEL, C1), Unicode's line and paragraph separators, and the characters that change the
     * direction of text (UAX #9: embeddings, overrides, isolates and marks).
     */
    static boolean isHidden(int character) {
        return character < 0x20
                || character >= 0x7F && character < 0xA0
                || character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || character >= 0x2028 && character <= 0x202E
                || character >= 0x2066 && character <= 0x2069;
    }
}
