package dev.reprise.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 32MiB}, {@code 1.5 GB}, {@code 1000}. */
final class HumanSize {
    private static final Pattern SIZE = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z]*)\\s*");
    private static final long KIB = 1024;

    private HumanSize() {}

    /** Reads a size in bytes; throws IllegalArgumentException for anything else, and for what no {@code long} holds. */
    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size: '" + text + "'");
        }
        long unit = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1;
            case "k", "kb" -> 1_000;
            case "m", "mb" -> 1_000_000;
            case "g", "gb" -> 1_000_000_000;
            case "t", "tb" -> 1_000_000_000_000L;
            case "ki", "kib" -> KIB;
            case "mi", "mib" -> KIB * KIB;
            case "gi", "gib" -> KIB * KIB * KIB;
            case "ti", "tib" -> KIB * KIB * KIB * KIB;
            default -> throw new IllegalArgumentException("unknown unit of size '" + matcher.group(2) + "'");
        };
        return Decimal.times(matcher.group(1), unit)
                .orElseThrow(() -> new IllegalArgumentException("a size must be less than 8 EiB, was '" + text + "'"));
    }

    /** Writes a size so that {@link #parse} reads it. */
    static String format(long bytes) {
        if (bytes >= KIB * KIB && bytes % (KIB * KIB) == 0) {
            return bytes / (KIB * KIB) + " MiB";
        }
        return bytes >= KIB && bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B";
    }
}
