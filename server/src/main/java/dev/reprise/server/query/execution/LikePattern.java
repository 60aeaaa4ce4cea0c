package dev.reprise.server.query.execution;

import java.util.Arrays;

/**
 * A pattern of {@code LIKE}: {@code %} is any text, {@code _} any character. Matching never goes back further than to
 * the last {@code %}, so its time is bounded by the product of the two lengths. Immutable.
 */
public final class LikePattern {
    private static final int ANY_TEXT = -1;
    private static final int ANY_CHARACTER = -2;
    private static final int STEPS_BETWEEN_CHECKS = 1 << 16;

    private final int[] parts;
    private final boolean ignoresCase;

    private LikePattern(int[] parts, boolean ignoresCase) {
        this.parts = parts;
        this.ignoresCase = ignoresCase;
    }

    /**
     * Reads a pattern.
     *
     * @param escape the character that makes the next one literal; empty for none
     */
    static LikePattern of(String pattern, String escape, boolean ignoresCase) {
        int escapeCharacter = escape.isEmpty() ? -1 : escape.codePointAt(0);
        int[] characters = pattern.codePoints().toArray();
        int[] parts = new int[characters.length];
        int count = 0;
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == escapeCharacter) {
                if (++i == characters.length) {
                    throw new IllegalArgumentException("the escape character at the end of the pattern '" + pattern
                            + "' must be followed by another character");
                }
                parts[count++] = folded(characters[i], ignoresCase);
            } else {
                parts[count++] = switch (character) {
                    case '%' -> ANY_TEXT;
                    case '_' -> ANY_CHARACTER;
                    default -> folded(character, ignoresCase);
                };
            }
        }
        return new LikePattern(Arrays.copyOf(parts, count), ignoresCase);
    }

    private static int folded(int character, boolean ignoresCase) {
        return ignoresCase ? Character.toLowerCase(Character.toUpperCase(character)) : character;
    }

    /** Whether the whole text matches; checks now and then whether the query may go on. */
    public boolean matches(String text, Runnable check) {
        int at = 0;
        int part = 0;
        int retryAt = -1;
        int retryPart = -1;
        int steps = 0;
        while (at < text.length() || part < parts.length) {
            if (++steps % STEPS_BETWEEN_CHECKS == 0) {
                check.run();
            }
            if (part < parts.length && parts[part] == ANY_TEXT) {
                retryAt = at;
                retryPart = ++part;
                if (part == parts.length) {
                    return true;
                }
            } else if (at < text.length() && part < parts.length && isOf(text.codePointAt(at), parts[part])) {
                at = text.offsetByCodePoints(at, 1);
                part++;
            } else if (retryAt >= 0 && retryAt < text.length()) {
                retryAt = text.offsetByCodePoints(retryAt, 1);
                at = retryAt;
                part = retryPart;
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean isOf(int character, int part) {
        return part == ANY_CHARACTER || part == folded(character, ignoresCase);
    }
}
