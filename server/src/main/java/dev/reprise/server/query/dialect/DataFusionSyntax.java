package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only place where a query's text is changed before Calcite parses it. Restate's server speaks the dialect of
 * Apache DataFusion. Calcite's parser does not know these parts of it: {@code ==}; {@code INTERVAL '1 hour 5 minutes'}
 * with the units inside; {@code TIMESTAMP} literals in the form of ISO 8601; {@code now()}; {@code date_trunc}; {@code
 * first_value(x ORDER BY y)}; a semicolon at the end; {@code SHOW TABLES}, {@code SHOW COLUMNS FROM} and {@code
 * DESCRIBE}.
 */
public final class DataFusionSyntax {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+"
                    + "|--[^\\n]*|/\\*.*?\\*/"
                    + "|(?<text>'[^']*+(?:''[^']*+)*+')"
                    + "|\"[^\"]*+(?:\"\"[^\"]*+)*+\""
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                    + "|==|->>?|.",
            Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("\\s*([+-]?\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)");
    private static final Map<String, Long> UNIT_MILLIS = Map.ofEntries(
            Map.entry("millisecond", 1L),
            Map.entry("ms", 1L),
            Map.entry("second", 1_000L),
            Map.entry("sec", 1_000L),
            Map.entry("s", 1_000L),
            Map.entry("minute", 60_000L),
            Map.entry("min", 60_000L),
            Map.entry("m", 60_000L),
            Map.entry("hour", 3_600_000L),
            Map.entry("hr", 3_600_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("day", 86_400_000L),
            Map.entry("d", 86_400_000L),
            Map.entry("week", 604_800_000L));
    /** Functions that Calcite's parser treats in a way of its own. */
    private static final Map<String, String> RENAMED = Map.of("date_trunc", "time_truncated", "date_part", "time_part");

    /** Columns whose names are keywords of Calcite. */
    private static final Set<String> QUOTED = Set.of("pattern");

    private record Token(String text, boolean isWord, boolean isText) {
        boolean is(String word) {
            return isWord && text.equalsIgnoreCase(word);
        }

        boolean isSpace() {
            return text.isBlank() || text.startsWith("--") || text.startsWith("/*");
        }
    }

    private final List<Token> tokens = new ArrayList<>();

    private DataFusionSyntax(String sql) {
        Matcher matcher = TOKEN.matcher(sql);
        QueryShape.Nesting nesting = new QueryShape.Nesting();
        while (matcher.find()) {
            Token token = new Token(matcher.group(), matcher.group("word") != null, matcher.group("text") != null);
            nesting.next(token.isWord() ? token.text().toLowerCase(Locale.ROOT) : token.text());
            tokens.add(token.isSpace() ? new Token(" ", false, false) : token);
        }
    }

    /** The same query in Calcite's syntax. */
    public static String toCalcite(String sql) {
        DataFusionSyntax syntax = new DataFusionSyntax(sql);
        syntax.dropEnd();
        String statement = syntax.statement();
        return statement.isEmpty() ? syntax.rewritten(0, syntax.tokens.size()) : statement;
    }

    private void dropEnd() {
        while (!tokens.isEmpty()
                && (tokens.getLast().isSpace() || tokens.getLast().text().equals(";"))) {
            tokens.removeLast();
        }
    }

    /** The query for a statement that is not one; empty if the statement is a query. */
    private String statement() {
        List<String> words = tokens.stream()
                .filter(token -> !token.isSpace())
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .toList();
        if (words.equals(List.of("show", "tables"))) {
            return "SELECT * FROM information_schema.tables";
        }
        if (words.size() == 4 && words.subList(0, 3).equals(List.of("show", "columns", "from"))) {
            return "SELECT table_catalog, table_schema, table_name, column_name, data_type, is_nullable"
                    + " FROM information_schema.columns WHERE table_name = " + name(words.getLast());
        }
        if (words.size() == 2
                && (words.getFirst().equals("describe") || words.getFirst().equals("desc"))) {
            return "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = "
                    + name(words.getLast());
        }
        return "";
    }

    private static String name(String word) {
        return "'" + word.replace("'", "''").replace("\"", "") + "'";
    }

    private String rewritten(int from, int to) {
        StringBuilder sql = new StringBuilder();
        int at = from;
        while (at < to) {
            Token token = tokens.get(at);
            int next = afterSpace(at + 1);
            if (token.text().equals("==")) {
                sql.append('=');
            } else if (token.text().equals("->") || token.text().equals("->>")) {
                at = arrow(token, next, sql);
            } else if (token.is("approx_distinct")
                    && next < to
                    && tokens.get(next).text().equals("(")) {
                sql.append("COUNT(DISTINCT ");
                at = next;
            } else if (token.is("interval") && next < to && tokens.get(next).isText() && isSpan(next)) {
                sql.append(interval(unquoted(tokens.get(next))));
                at = next;
            } else if (token.is("timestamp") && next < to && tokens.get(next).isText()) {
                sql.append("CAST(").append(tokens.get(next).text()).append(" AS TIMESTAMP(3))");
                at = next;
            } else if (token.is("now") && isCallWithoutArguments(next)) {
                sql.append("CURRENT_TIMESTAMP(3)");
                at = afterSpace(next + 1);
            } else if (token.is("current_timestamp")) {
                sql.append("CURRENT_TIMESTAMP(3)");
            } else if (token.is("first_value")
                    && next < to
                    && tokens.get(next).text().equals("(")) {
                at = firstValue(token, next, sql);
            } else if (token.isWord() && RENAMED.containsKey(token.text().toLowerCase(Locale.ROOT))) {
                sql.append(RENAMED.get(token.text().toLowerCase(Locale.ROOT)));
            } else if (token.isWord() && QUOTED.contains(token.text().toLowerCase(Locale.ROOT))) {
                sql.append('"').append(token.text().toLowerCase(Locale.ROOT)).append('"');
            } else {
                sql.append(token.text());
            }
            at++;
        }
        return sql.toString();
    }

    /**
     * Writes {@code json_get(x, y)} for {@code x -> y}, and {@code json_as_text(x, y)} for {@code x ->> y}. Returns the
     * position of y.
     */
    private int arrow(Token token, int part, StringBuilder sql) {
        boolean isPart = part < tokens.size()
                && (tokens.get(part).isText() || tokens.get(part).text().chars().allMatch(Character::isDigit));
        int begin = Operand.beginOfLast(sql);
        if (!isPart || begin < 0) {
            throw new QueryException(
                    QueryException.Reason.SYNTAX,
                    "expected json " + token.text() + " 'key' or json " + token.text() + " 0, found " + token.text()
                            + (part < tokens.size() ? " " + tokens.get(part).text() : ""));
        }
        int last = part;
        StringBuilder name = new StringBuilder(tokens.get(part).text());
        while (!tokens.get(part).isText()
                && last + 1 < tokens.size()
                && tokens.get(last + 1).text().chars().allMatch(Character::isDigit)) {
            name.append(tokens.get(++last).text());
        }
        sql.insert(begin, token.text().equals("->") ? "json_get(" : "json_as_text(")
                .append(", ")
                .append(name)
                .append(')');
        return last;
    }

    private boolean isCallWithoutArguments(int open) {
        int close = afterSpace(open + 1);
        return close < tokens.size()
                && tokens.get(open).text().equals("(")
                && tokens.get(close).text().equals(")");
    }

    private int afterSpace(int at) {
        int next = at;
        while (next < tokens.size() && tokens.get(next).isSpace()) {
            next++;
        }
        return next;
    }

    private static String unquoted(Token text) {
        return text.text().substring(1, text.text().length() - 1);
    }

    /** {@code '1 hour'}, but not {@code '1'}, which is followed by a unit. */
    private boolean isSpan(int at) {
        return SPAN.matcher(unquoted(tokens.get(at))).lookingAt();
    }

    private static String interval(String span) {
        Matcher matcher = SPAN.matcher(span);
        double millis = 0;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            String unit = matcher.group(2).toLowerCase(Locale.ROOT);
            Long unitMillis = UNIT_MILLIS.getOrDefault(unit, UNIT_MILLIS.get(unit.replaceFirst("s$", "")));
            if (unitMillis == null) {
                throw new QueryException(
                        QueryException.Reason.SYNTAX,
                        "an interval in '" + span
                                + "' must be in weeks, days, hours, minutes, seconds or milliseconds");
            }
            millis += Double.parseDouble(matcher.group(1)) * unitMillis;
            end = matcher.end();
        }
        if (!span.substring(end).isBlank()) {
            throw new QueryException(QueryException.Reason.SYNTAX, "expected an interval, found '" + span + "'");
        }
        long whole = (long) millis;
        return "(INTERVAL '" + whole / 1000 + "." + String.format(Locale.ROOT, "%03d", Math.abs(whole % 1000))
                + "' SECOND(10, 3))";
    }

    /**
     * Writes {@code first_of(x) WITHIN GROUP (ORDER BY y)} for {@code first_value(x ORDER BY y)}, which is an
     * aggregate; Calcite's is only for windows. Returns the position of its end.
     */
    private int firstValue(Token name, int open, StringBuilder sql) {
        int depth = 0;
        int orderBy = -1;
        int close = open;
        for (; close < tokens.size(); close++) {
            Token token = tokens.get(close);
            depth += token.text().equals("(") ? 1 : token.text().equals(")") ? -1 : 0;
            if (depth == 0) {
                break;
            }
            if (depth == 1 && token.is("order")) {
                orderBy = close;
            }
        }
        int behind = afterSpace(close + 1);
        boolean isWindow = behind < tokens.size() && tokens.get(behind).is("over");
        if (close == tokens.size() || isWindow) {
            sql.append(name.text());
            return open - 1;
        }
        sql.append(Operators.FIRST_OF).append('(').append(rewritten(open + 1, orderBy < 0 ? close : orderBy));
        if (orderBy >= 0) {
            sql.append(") WITHIN GROUP (").append(rewritten(orderBy, close));
        }
        sql.append(')');
        return close;
    }
}
