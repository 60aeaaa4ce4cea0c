package dev.reprise.server.ingress;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code delay} of a send: an ISO 8601 duration ({@code PT1M}) or one with units ({@code 10s}, {@code 1h 30m}). */
final class DelayParameter {
    private static final Pattern PART = Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Zµ]+)\\s*");

    private DelayParameter() {}

    /**
     * Reads a delay.
     *
     * @throws IngressException when it is neither form, negative or out of range
     */
    static Duration parse(String text) {
        try {
            Duration delay = text.startsWith("P") || text.startsWith("p") ? Duration.parse(text) : parseUnits(text);
            if (delay.isNegative()) {
                throw bad(text);
            }
            return delay;
        } catch (DateTimeException | ArithmeticException e) {
            throw bad(text);
        }
    }

    private static Duration parseUnits(String text) {
        Matcher matcher = PART.matcher(text);
        Duration total = Duration.ZERO;
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw bad(text);
            }
            BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(nanosOf(matcher.group(2), text));
            total = total.plusNanos(nanos.longValueExact());
            end = matcher.end();
        }
        if (end == 0) {
            throw bad(text);
        }
        return total;
    }

    private static BigDecimal nanosOf(String unit, String text) {
        Duration one = switch (unit.toLowerCase(Locale.ROOT)) {
            case "ns", "nsec", "nanos" -> Duration.ofNanos(1);
            case "us", "µs", "usec", "micros" -> Duration.ofNanos(1_000);
            case "ms", "msec", "millis" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hr", "hrs", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "wk", "week", "weeks" -> Duration.ofDays(7);
            default -> throw bad(text);
        };
        return BigDecimal.valueOf(one.toNanos());
    }

    private static IngressException bad(String text) {
        return new IngressException(400, "bad delay query parameter, must be a ISO8601 duration: '" + text + "'");
    }
}
