package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.Meter;
import dev.reprise.server.query.execution.QueryContext;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.DataContext;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.runtime.SqlFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Replacements, chosen by {@link BoundedCalls}, for functions that may produce much from little or take long: they
 * compute the size of a result before they produce it, and watch the time. Public, because the code that Calcite
 * generates for a plan calls them.
 */
public final class BoundedFunctions {
    /** DataFusion's numbers have 38 or 76 digits. */
    private static final int DIGITS_MAX = 400;
    /** A text of JSON takes this many times its length as a tree of objects. */
    private static final long JSON_GROWTH = 32;
    /** A character of a text may become a text of its own in a list. */
    private static final long LIST_GROWTH = 64;

    private static final long CHARACTER_BYTES = 2;

    private BoundedFunctions() {}

    private static QueryContext makes(DataContext root, long characters) {
        QueryContext query = (QueryContext) root;
        query.make(characters > Long.MAX_VALUE / CHARACTER_BYTES ? Long.MAX_VALUE : characters * CHARACTER_BYTES);
        return query;
    }

    /** Measures a text that was produced. */
    public static String text(DataContext root, String made) {
        makes(root, made.length());
        return made;
    }

    /** Measures bytes that were produced. */
    public static ByteString bytes(DataContext root, ByteString made) {
        ((QueryContext) root).make(made.length());
        return made;
    }

    /** Measures a list that was produced. */
    public static List<?> list(DataContext root, List<?> made) {
        ((QueryContext) root).make(Meter.valueBytes(made));
        return made;
    }

    /** Measures a number that was computed. */
    public static BigDecimal number(DataContext root, BigDecimal made) {
        if (made.precision() > DIGITS_MAX || Math.abs((long) made.scale()) > DIGITS_MAX) {
            throw new QueryException(Reason.FAILED, "a number of the query has more than " + DIGITS_MAX + " digits");
        }
        ((QueryContext) root).check();
        return made;
    }

    /** Checks a text that is about to be parsed as a number. */
    public static String digits(DataContext root, String text) {
        if (text.length() > DIGITS_MAX) {
            throw new QueryException(
                    Reason.FAILED, "expected a number, found a text of " + text.length() + " characters");
        }
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (exponent >= 0 && text.length() - exponent > 5) {
            throw new QueryException(
                    Reason.FAILED, "'" + text + "' is a number of more than " + DIGITS_MAX + " digits");
        }
        ((QueryContext) root).check();
        return text;
    }

    /** Checks a text that is about to be parsed as JSON. */
    public static String json(DataContext root, String text) {
        ((QueryContext) root).make(text.length() * JSON_GROWTH);
        return text;
    }

    /** {@code repeat}. */
    public static String repeat(DataContext root, String text, long count) {
        long times = Math.max(0, count);
        makes(root, text.isEmpty() ? 0 : saturated(text.length(), times));
        return text.isEmpty() ? "" : text.repeat((int) times);
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }

    /** {@code lpad} with spaces. */
    public static String lpad(DataContext root, String text, long length) {
        return lpad(root, text, length, " ");
    }

    /** {@code lpad}. */
    public static String lpad(DataContext root, String text, long length, String padding) {
        return padded(root, text, length, padding, true);
    }

    /** {@code rpad} with spaces. */
    public static String rpad(DataContext root, String text, long length) {
        return rpad(root, text, length, " ");
    }

    /** {@code rpad}. */
    public static String rpad(DataContext root, String text, long length, String padding) {
        return padded(root, text, length, padding, false);
    }

    private static String padded(DataContext root, String text, long length, String padding, boolean left) {
        if (length <= text.length()) {
            return text.substring(0, (int) Math.max(0, length));
        }
        if (padding.isEmpty()) {
            return text;
        }
        makes(root, length);
        StringBuilder pad = new StringBuilder((int) length);
        while (pad.length() < length - text.length()) {
            pad.append(padding, 0, (int) Math.min(padding.length(), length - text.length() - pad.length()));
        }
        return left ? pad.append(text).toString() : pad.insert(0, text).toString();
    }

    /** {@code ||} of texts. */
    public static String concat(DataContext root, String left, String right) {
        makes(root, (long) left.length() + right.length());
        return left.concat(right);
    }

    /** {@code ||} of bytes. */
    public static ByteString concat(DataContext root, ByteString left, ByteString right) {
        ((QueryContext) root).make((long) left.length() + right.length());
        return left.concat(right);
    }

    /** {@code concat}: a null counts as empty. */
    public static String concatAll(DataContext root, @Nullable Object[] parts) {
        long characters = 0;
        for (Object part : parts) {
            characters += part == null ? 0 : part.toString().length();
        }
        makes(root, characters);
        StringBuilder text = new StringBuilder((int) characters);
        for (Object part : parts) {
            text.append(part == null ? "" : part);
        }
        return text.toString();
    }

    /** {@code concat_ws}: the first operand separates the others; a null is left out. */
    public static @Nullable String concatWithSeparator(DataContext root, @Nullable Object[] parts) {
        if (!(parts[0] instanceof String separator)) {
            return null;
        }
        long characters = 0;
        for (int i = 1; i < parts.length; i++) {
            characters += separator.length()
                    + (parts[i] == null ? 0 : parts[i].toString().length());
        }
        makes(root, characters);
        StringBuilder text = new StringBuilder();
        String between = "";
        for (int i = 1; i < parts.length; i++) {
            if (parts[i] != null) {
                text.append(between).append(parts[i]);
                between = separator;
            }
        }
        return text.toString();
    }

    /** {@code replace}. */
    public static String replace(DataContext root, String text, String part, String by) {
        if (part.isEmpty()) {
            return text;
        }
        if (by.length() > part.length()) {
            long count = 0;
            for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
                count++;
            }
            makes(root, text.length() + count * (by.length() - part.length()));
        }
        return text.replace(part, by);
    }

    /** {@code string_to_array}. */
    public static List<?> split(DataContext root, String text, String delimiter) {
        ((QueryContext) root).make(text.length() * LIST_GROWTH);
        return SqlFunctions.stringToArray(text, delimiter);
    }

    /** {@code string_to_array} with a text that means null. */
    public static List<?> split(DataContext root, String text, String delimiter, String ofNull) {
        ((QueryContext) root).make(text.length() * LIST_GROWTH);
        return SqlFunctions.stringToArray(text, delimiter, ofNull);
    }

    /** {@code array_to_string}. */
    public static String join(DataContext root, List<?> list, String delimiter) {
        makes(root, Meter.valueBytes(list) + saturated(list.size(), delimiter.length()));
        return Functions.arrayToString(list, delimiter);
    }

    /** {@code like}. */
    public static boolean like(DataContext root, String text, String pattern) {
        return like(root, text, pattern, "");
    }

    /** {@code like … escape}. */
    public static boolean like(DataContext root, String text, String pattern, String escape) {
        return isLike((QueryContext) root, text, pattern, escape, false);
    }

    /** {@code ilike}. */
    public static boolean ilike(DataContext root, String text, String pattern) {
        return ilike(root, text, pattern, "");
    }

    /** {@code ilike … escape}. */
    public static boolean ilike(DataContext root, String text, String pattern, String escape) {
        return isLike((QueryContext) root, text, pattern, escape, true);
    }

    private static boolean isLike(QueryContext query, String text, String pattern, String escape, boolean ignoresCase) {
        return query.likePattern(pattern, escape, ignoresCase).matches(text, query::check);
    }

    /** {@code similar to}: a regular expression with the wildcards of {@code like}. */
    public static boolean similar(DataContext root, String text, String pattern) {
        return similar(root, text, pattern, "");
    }

    /** {@code similar to … escape}. */
    public static boolean similar(DataContext root, String text, String pattern, String escape) {
        String expression = RegularExpressions.ofSimilar(pattern, escape);
        return matcher(root, text, expression, Pattern.DOTALL).matches();
    }

    /** {@code ~}. */
    public static boolean matchesRegex(DataContext root, String text, String expression) {
        return matcher(root, text, RegularExpressions.ofPosix(expression), 0).find();
    }

    /** {@code ~*}. */
    public static boolean matchesRegexInAnyCase(DataContext root, String text, String expression) {
        return matcher(root, text, RegularExpressions.ofPosix(expression), Pattern.CASE_INSENSITIVE)
                .find();
    }

    /** {@code regexp_like}. */
    public static boolean regexpLike(DataContext root, String text, String expression) {
        return matcher(root, text, expression, 0).find();
    }

    /** {@code regexp_like} with flags. */
    public static boolean regexpLike(DataContext root, String text, String expression, String flags) {
        return matcher(root, text, expression, RegularExpressions.flags(flags)).find();
    }

    /** {@code regexp_replace} of the first. */
    public static String regexpReplace(DataContext root, String text, String expression, String by) {
        return regexpReplace(root, text, expression, by, "");
    }

    /** {@code regexp_replace} with flags; {@code g} replaces all. */
    public static String regexpReplace(DataContext root, String text, String expression, String by, String flags) {
        boolean all = flags.indexOf('g') >= 0;
        Matcher matcher = matcher(root, text, expression, RegularExpressions.flags(flags));
        StringBuilder replaced = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            replaced.append(text, end, matcher.start());
            RegularExpressions.append(replaced, matcher, by, length -> makes(root, length));
            end = matcher.end();
            if (!all) {
                break;
            }
        }
        makes(root, (long) replaced.length() + text.length() - end);
        return replaced.append(text, end, text.length()).toString();
    }

    private static Matcher matcher(DataContext root, String text, String expression, int flags) {
        QueryContext query = (QueryContext) root;
        return query.pattern(expression, flags).matcher(new WatchedText(text, query));
    }
}
