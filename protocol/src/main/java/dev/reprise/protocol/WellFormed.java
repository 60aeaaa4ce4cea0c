package dev.reprise.protocol;

import java.util.Locale;

/**
 * Checks that a text can be encoded in UTF-8, in which it is stored and sent. Half of a surrogate pair cannot: Java
 * would replace it by a question mark, so that two different texts would become one.
 */
public final class WellFormed {
    private static final int SHOWN_MAX = 40;

    private WellFormed() {}

    /**
     * Gives the text back.
     *
     * @param what what the text is, for the message
     * @throws IllegalArgumentException when it has half of a surrogate pair
     */
    public static String require(String what, String text) {
        int index = loneSurrogate(text);
        if (index >= 0) {
            throw new IllegalArgumentException("Expected the " + what + " to be well-formed Unicode, found half of a"
                    + " surrogate pair (U+"
                    + Integer.toHexString(text.charAt(index)).toUpperCase(Locale.ROOT)
                    + ") at index " + index + " of \"" + shown(text)
                    + "\". Cut texts at the boundaries of code points.");
        }
        return text;
    }

    /** The index of the first unpaired half of a surrogate pair; -1 if there is none. */
    public static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** The text, with escapes ({@code \\ud83d}) for unpaired surrogates: for texts that are only read. */
    public static String visible(String text) {
        if (loneSurrogate(text) < 0) {
            return text;
        }
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                visible.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                visible.appendCodePoint(point);
            }
        });
        return visible.toString();
    }

    /** The beginning of a text, with escapes for what a terminal or a log would not show. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), SHOWN_MAX); i++) {
            char unit = text.charAt(i);
            if (Character.isISOControl(unit) || Character.isSurrogate(unit) && !isPaired(text, i)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                shown.append(unit);
            }
        }
        return text.length() > SHOWN_MAX ? shown + "…" : shown.toString();
    }

    private static boolean isPaired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < Math.min(text.length(), SHOWN_MAX) && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
