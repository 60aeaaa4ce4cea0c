package dev.reprise.server.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: ISO 8601 ({@code PT1M}), or numbers with units ({@code 10s}, {@code 1h 30m}). */
public final class HumanDuration {
    private static final Pattern PART = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Zµ]+)\\s*,?");

    private HumanDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it has neither form, is negative or is longer than a {@link Duration} can
     *     be
     */
    public static Duration parse(String text) {
        try {
            boolean iso = text.startsWith("P") || text.startsWith("p");
            Duration duration = iso ? Duration.parse(text) : parseUnits(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a duration must not be negative, was '" + text + "'");
            }
            return duration;
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("not a duration: '" + text + "'", e);
        }
    }

    private static Duration parseUnits(String text) {
        Matcher matcher = PART.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException("not a duration: '" + text + "'");
            }
            total = total.plus(times(matcher.group(1), nanosOf(matcher.group(2))));
            end = matcher.end();
        }
        if (end == 0) {
            throw new IllegalArgumentException("a duration must not be empty");
        }
        return total;
    }

    /** Only what does not fit into nanoseconds needs more than a {@code long}. */
    private static Duration times(String number, long unitNanos) {
        OptionalLong nanos = Decimal.times(number, unitNanos);
        if (nanos.isPresent()) {
            return Duration.ofNanos(nanos.getAsLong());
        }
        BigDecimal[] seconds = new BigDecimal(number)
                .multiply(BigDecimal.valueOf(unitNanos))
                .divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValue());
    }

    private static long nanosOf(String unit) {
        Duration one = switch (unit.toLowerCase(Locale.ROOT)) {
            case "ns", "nsec", "nanos", "nanosecond", "nanoseconds" -> Duration.ofNanos(1);
            case "us", "µs", "usec", "micros", "microsecond", "microseconds" -> Duration.ofNanos(1_000);
            case "ms", "msec", "millis", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "wk", "week", "weeks" -> Duration.ofDays(7);
            default -> throw new IllegalArgumentException("unknown unit of time '" + unit + "'");
        };
        return one.toNanos();
    }

    /** Writes a duration so that {@link #parse} reads it: {@code 1h 30m}. */
    public static String format(Duration duration) {
        StringJoiner text = new StringJoiner(" ").setEmptyValue("0s");
        add(text, duration.toDaysPart(), "d");
        add(text, duration.toHoursPart(), "h");
        add(text, duration.toMinutesPart(), "m");
        add(text, duration.toSecondsPart(), "s");
        add(text, duration.toMillisPart(), "ms");
        add(text, duration.toNanosPart() / 1_000 % 1_000, "us");
        add(text, duration.toNanosPart() % 1_000, "ns");
        return text.toString();
    }

    private static void add(StringJoiner text, long count, String unit) {
        if (count > 0) {
            text.add(count + unit);
        }
    }
}
