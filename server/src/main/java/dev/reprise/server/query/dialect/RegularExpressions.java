package dev.reprise.server.query.dialect;

import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates SQL's kinds of regular expressions to Java's. */
public final class RegularExpressions {
    private static final Pattern CLASS = Pattern.compile("\\[:(\\^?)([a-z]+):]");

    private RegularExpressions() {}

    /** A pattern of {@code SIMILAR TO}: {@code %} is any text, {@code _} any character, a dot is a dot. */
    static String ofSimilar(String pattern, String escape) {
        StringBuilder expression = new StringBuilder();
        int escapeCharacter = escape.isEmpty() ? -1 : escape.codePointAt(0);
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            if (character == escapeCharacter && i + 1 < characters.length) {
                expression.append(Pattern.quote(Character.toString(characters[++i])));
            } else {
                switch (character) {
                    case '%' -> expression.append(".*");
                    case '_' -> expression.append('.');
                    case '.', '^', '$', '\\' -> expression.append('\\').appendCodePoint(character);
                    default -> expression.appendCodePoint(character);
                }
            }
        }
        return expression.toString();
    }

    /** POSIX's classes, such as {@code [:alpha:]}, in Java's syntax. */
    static String ofPosix(String expression) {
        return CLASS.matcher(expression).replaceAll(found -> {
            String name = found.group(2).equals("word") ? "w" : null;
            String java = name != null
                    ? "\\\\w"
                    : "\\\\p{"
                            + switch (found.group(2)) {
                                case "xdigit" -> "XDigit";
                                default ->
                                    Character.toUpperCase(found.group(2).charAt(0))
                                            + found.group(2).substring(1);
                            }
                            + "}";
            return found.group(1).isEmpty() ? java : "^" + java;
        });
    }

    /** The flags of PostgreSQL's functions that Java has as well. */
    static int flags(String names) {
        int flags = 0;
        for (int i = 0; i < names.length(); i++) {
            flags |= switch (names.charAt(i)) {
                case 'i' -> Pattern.CASE_INSENSITIVE;
                case 'm', 'n' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                default -> 0;
            };
        }
        return flags;
    }

    /**
     * Appends the replacement of a match, in which {@code \1} to {@code \9} are its groups and {@code \&} is all of it.
     *
     * @param length receives the total length before anything is appended
     */
    static void append(StringBuilder text, Matcher match, String by, LongConsumer length) {
        for (int i = 0; i < by.length(); i++) {
            char character = by.charAt(i);
            char next = character == '\\' && i + 1 < by.length() ? by.charAt(i + 1) : 0;
            if (next >= '0' && next <= '9' || next == '&') {
                int group = next == '&' ? 0 : next - '0';
                String found = group <= match.groupCount() ? match.group(group) : null;
                if (found != null) {
                    length.accept((long) text.length() + found.length());
                    text.append(found);
                }
                i++;
            } else {
                text.append(character == '\\' && next == '\\' ? '\\' : character);
                i += next == '\\' ? 1 : 0;
            }
        }
        length.accept(text.length());
    }
}
