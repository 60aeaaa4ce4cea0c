package dev.reprise.server.query.dialect;

/** Finds where an operand begins in an SQL text that ends with it: a name, a text in quotes, a call or parentheses. */
final class Operand {
    private Operand() {}

    /** The position of its first character; -1 if there is no operand. */
    static int beginOfLast(CharSequence sql) {
        int end = sql.length();
        while (end > 0 && Character.isWhitespace(sql.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            return -1;
        }
        char last = sql.charAt(end - 1);
        if (last == '\'') {
            return beginOfQuoted(sql, end - 1, '\'');
        }
        if (last == ')') {
            int open = openingOf(sql, end - 1);
            return open < 0 ? -1 : beginOfName(sql, open, open);
        }
        return beginOfName(sql, end, -1);
    }

    /** The position of {@code a."b c".d} that ends before {@code end}; {@code otherwise} if there is none. */
    private static int beginOfName(CharSequence sql, int end, int otherwise) {
        int at = end;
        while (at > 0 && (isPartOfName(sql.charAt(at - 1)) || sql.charAt(at - 1) == '"')) {
            at = sql.charAt(at - 1) == '"' ? beginOfQuoted(sql, at - 1, '"') : at - 1;
            if (at < 0) {
                return -1;
            }
        }
        return at == end ? otherwise : at;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.';
    }

    private static int beginOfQuoted(CharSequence sql, int close, char quote) {
        int at = close - 1;
        while (at >= 0) {
            if (sql.charAt(at) == quote) {
                if (at == 0 || sql.charAt(at - 1) != quote) {
                    return at;
                }
                at--;
            }
            at--;
        }
        return -1;
    }

    private static int openingOf(CharSequence sql, int close) {
        int depth = 0;
        int at = close;
        while (at >= 0) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                at = beginOfQuoted(sql, at, c);
            } else if (c == ')') {
                depth++;
            } else if (c == '(' && --depth == 0) {
                return at;
            }
            at--;
        }
        return -1;
    }
}
