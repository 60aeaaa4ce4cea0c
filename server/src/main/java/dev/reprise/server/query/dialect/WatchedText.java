package dev.reprise.server.query.dialect;

import dev.reprise.server.query.execution.QueryContext;

/**
 * A text that a regular expression searches. Java's regular expressions backtrack, which takes years with some texts,
 * so it checks now and then whether the query may go on. One thread.
 */
public final class WatchedText implements CharSequence {
    private static final int READS_BETWEEN_CHECKS = 1 << 14;

    private final String text;
    private final QueryContext query;
    private int reads;

    WatchedText(String text, QueryContext query) {
        this.text = text;
        this.query = query;
    }

    @Override
    public char charAt(int index) {
        if (++reads % READS_BETWEEN_CHECKS == 0) {
            query.check();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
