package dev.reprise.sdk.report;

import dev.reprise.sdk.promise.TerminalFailures;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Describes an exception from user code. The text is bounded, because a message may contain anything, and it is
 * produced without trust, because the methods of an exception are user code too.
 */
public final class ThrownText {
    static final int MESSAGE_CHARS_MAX = 8 * 1024;
    static final int STACKTRACE_CHARS_MAX = 64 * 1024;

    private ThrownText() {}

    /** The kind of exception and its message. */
    public static String message(Throwable thrown) {
        try {
            return cut(String.valueOf(thrown.toString()));
        } catch (Throwable broken) {
            return thrown.getClass().getName() + " (its message cannot be told, for that threw "
                    + broken.getClass().getName() + ")";
        }
    }

    /** The message, or as much of it as is worth sending. */
    public static String cut(String message) {
        return TerminalFailures.cut(message, MESSAGE_CHARS_MAX);
    }

    /** The stack trace with those of the causes; it ends at a cause that cannot be printed. */
    public static String stacktrace(Throwable thrown) {
        BoundedWriter text = new BoundedWriter();
        try {
            thrown.printStackTrace(new PrintWriter(text));
        } catch (Full enough) {
            return TerminalFailures.cut(text.written.toString(), STACKTRACE_CHARS_MAX);
        } catch (Throwable broken) {
            return text.written + "(the stack trace cannot be told, for that threw "
                    + broken.getClass().getName() + ")";
        }
        return text.written.toString();
    }

    /**
     * Whether it is safe to print with an ordinary printer: its message and its stack trace end within the bounds, and
     * throw nothing.
     */
    public static boolean isPlain(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            thrown.printStackTrace(new PrintWriter(new BoundedWriter()));
            return message == null || message.length() <= MESSAGE_CHARS_MAX;
        } catch (Throwable tooLongOrBroken) {
            return false;
        }
    }

    /** Keeps the beginning, one character more than will be shown. */
    private static final class BoundedWriter extends Writer {
        private final StringBuilder written = new StringBuilder();

        @Override
        public void write(char[] chars, int offset, int length) {
            int room = STACKTRACE_CHARS_MAX + 1 - written.length();
            written.append(chars, offset, Math.min(length, room));
            requireRoom();
        }

        @Override
        public void write(String text, int offset, int length) {
            int room = STACKTRACE_CHARS_MAX + 1 - written.length();
            written.append(text, offset, offset + Math.min(length, room));
            requireRoom();
        }

        private void requireRoom() {
            if (written.length() > STACKTRACE_CHARS_MAX) {
                throw new Full();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Ends the printing. */
    private static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("enough", null, false, false);
        }
    }
}
