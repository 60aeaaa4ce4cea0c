package dev.reprise.testkit.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** No line with a comment on it is longer than the formatter lets code be: it leaves comments as they are. */
final class CommentWidthRule implements Rule {
    private static final int COLUMNS_MAX = 120;
    /** What must be told apart to find comments: text blocks, strings, characters, and the two kinds of comments. */
    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\".*?(?<!\\\\)\"\"\"|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);

    @Override
    public List<String> findings(Source source) {
        String text = source.text();
        List<String> findings = new ArrayList<>();
        TOKEN.matcher(text)
                .results()
                .filter(token -> text.charAt(token.start()) == '/')
                .forEach(comment -> checkLines(source, comment, findings));
        return findings;
    }

    private static void checkLines(Source source, MatchResult comment, List<String> findings) {
        String text = source.text();
        int start = text.lastIndexOf('\n', comment.start()) + 1;
        while (start < comment.end()) {
            int next = text.indexOf('\n', start);
            int end = next < 0 ? text.length() : next;
            if (text.codePointCount(start, end) > COLUMNS_MAX) {
                long line =
                        text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
                findings.add(source.path() + ":" + line + ": a comment on a line of more than " + COLUMNS_MAX
                        + " columns; wrap it");
            }
            start = end + 1;
        }
    }
}
