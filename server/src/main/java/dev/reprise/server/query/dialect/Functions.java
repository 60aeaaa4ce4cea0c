package dev.reprise.server.query.dialect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.function.Strict;

/**
 * Functions of DataFusion that Calcite lacks or computes differently. A time is in milliseconds since the epoch, an
 * interval in milliseconds. Public, because the code that Calcite generates for a plan calls them; none is called with
 * null.
 */
@Strict
public final class Functions {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][ ]HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Functions() {}

    /** A time in the form of ISO 8601, with {@code T} or a space, in UTC unless it says otherwise. */
    public static long timeOf(String text) {
        try {
            TemporalAccessor parsed = TIME.parse(text.strip());
            if (parsed.query(TemporalQueries.localTime()) == null) {
                return millis(LocalDate.from(parsed).atStartOfDay());
            }
            return parsed.query(TemporalQueries.offset()) == null
                    ? millis(LocalDateTime.from(parsed))
                    : Instant.from(parsed).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 2026-01-31T23:59:59.999Z, found '" + text + "'", e);
        }
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** {@code to_timestamp} of seconds. */
    public static long timeOfSeconds(double seconds) {
        return Math.round(seconds * 1000);
    }

    /** {@code to_timestamp} of a time. */
    public static long same(long time) {
        return time;
    }

    /** {@code to_unixtime}: seconds. */
    public static long toUnixtime(long time) {
        return Math.floorDiv(time, 1000);
    }

    /** {@code date_bin}: the beginning of the interval that contains a time, counted from the epoch. */
    public static long dateBin(long interval, long time) {
        return dateBin(interval, time, 0);
    }

    /** {@code date_bin}, counted from an origin. */
    public static long dateBin(long interval, long time, long origin) {
        if (interval <= 0) {
            throw new IllegalArgumentException("date_bin needs an interval longer than 0 ms, found " + interval);
        }
        return origin + Math.floorDiv(time - origin, interval) * interval;
    }

    /** {@code date_trunc}. */
    public static long dateTrunc(String unit, long time) {
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
        LocalDate day = at.toLocalDate();
        return millis(
                switch (unit.toLowerCase(Locale.ROOT)) {
                    case "millisecond" -> at.truncatedTo(ChronoUnit.MILLIS);
                    case "second" -> at.truncatedTo(ChronoUnit.SECONDS);
                    case "minute" -> at.truncatedTo(ChronoUnit.MINUTES);
                    case "hour" -> at.truncatedTo(ChronoUnit.HOURS);
                    case "day" -> day.atStartOfDay();
                    case "week" -> day.with(ChronoField.DAY_OF_WEEK, 1).atStartOfDay();
                    case "month" -> day.withDayOfMonth(1).atStartOfDay();
                    case "year" -> day.withDayOfYear(1).atStartOfDay();
                    default -> throw new IllegalArgumentException("date_trunc knows no unit '" + unit + "'");
                });
    }

    /** {@code date_part}. */
    public static double datePart(String unit, long time) {
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "epoch" -> time / 1000.0;
            case "millisecond" -> at.getSecond() * 1000.0 + at.get(ChronoField.MILLI_OF_SECOND);
            case "second" -> at.getSecond() + at.get(ChronoField.MILLI_OF_SECOND) / 1000.0;
            case "minute" -> at.getMinute();
            case "hour" -> at.getHour();
            case "day" -> at.getDayOfMonth();
            case "month" -> at.getMonthValue();
            case "year" -> at.getYear();
            default -> throw new IllegalArgumentException("date_part knows no unit '" + unit + "'");
        };
    }

    /** {@code array_has}, {@code array_contains}. */
    public static boolean arrayHas(List<?> list, String element) {
        return list.contains(element);
    }

    /** {@code array_length}. */
    public static long arrayLength(List<?> list) {
        return list.size();
    }

    /** {@code substr} from a character on; the first is 1. */
    public static String substr(String text, long from) {
        return substr(text, from, text.length());
    }

    /** {@code substr} of a number of characters. */
    public static String substr(String text, long from, long count) {
        long length = text.length();
        long begin = Math.clamp(from - 1, 0L, length);
        long end = Math.clamp(from - 1 + count, begin, length);
        return text.substring((int) begin, (int) end);
    }

    /** {@code array_to_string}. */
    public static String arrayToString(List<?> list, String delimiter) {
        return String.join(delimiter, list.stream().map(String::valueOf).toList());
    }

    /** {@code length} of a text, in characters. */
    public static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** {@code starts_with}. */
    public static boolean startsWith(String text, String start) {
        return text.startsWith(start);
    }

    /** {@code ends_with}. */
    public static boolean endsWith(String text, String end) {
        return text.endsWith(end);
    }

    /** {@code contains}. */
    public static boolean contains(String text, String part) {
        return text.contains(part);
    }

    /** {@code strpos}: from 1; 0 if it is not there. */
    public static long strpos(String text, String part) {
        return text.indexOf(part) + 1L;
    }

    /** A text stays as it is. */
    public static String text(String text) {
        return text;
    }

    /** Decodes bytes as UTF-8; malformed ones become the replacement character. */
    public static String textOfBytes(ByteString bytes) {
        return new String(bytes.getBytes(), StandardCharsets.UTF_8);
    }

    /** {@code encode}. */
    public static String encode(ByteString bytes, String form) {
        return switch (form) {
            case "hex" -> HexFormat.of().formatHex(bytes.getBytes());
            case "base64" -> Base64.getEncoder().withoutPadding().encodeToString(bytes.getBytes());
            default -> throw new IllegalArgumentException("encode knows 'hex' and 'base64', found '" + form + "'");
        };
    }
}
