package dev.reprise.protocol;

import java.util.Locale;

/**
 * Where the documentation explains a code: {@code RT0007}, {@code META0003}, 570. What is logged about a code ends with
 * it.
 */
public final class ErrorPage {
    private ErrorPage() {}

    /** As {@code (RT0007: see docs/errors.md#rt0007)}. */
    public static String of(String code) {
        return "(" + code + ": see docs/errors.md#" + code.toLowerCase(Locale.ROOT) + ")";
    }

    /** As {@code (570: see docs/errors.md#570)}. */
    public static String of(int code) {
        return of(Integer.toString(code));
    }
}
