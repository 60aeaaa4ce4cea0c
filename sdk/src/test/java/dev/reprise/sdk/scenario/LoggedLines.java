package dev.reprise.sdk.scenario;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What was logged while something ran, from INFO on: all of it is made into text, as a back end would. */
final class LoggedLines {
    private static final List<Line> LINES = new CopyOnWriteArrayList<>();
    private static volatile boolean listening;

    private LoggedLines() {}

    /**
     * One event.
     *
     * @param thrown the stack trace as a back end prints it; empty if nothing was thrown along
     * @param marks the diagnostic context
     */
    record Line(String logger, Level level, String message, String thrown, Map<String, String> marks) {}

    /** What is logged meanwhile, by any thread. */
    static List<Line> of(Runnable body) {
        LINES.clear();
        listening = true;
        try {
            body.run();
            return List.copyOf(LINES);
        } finally {
            listening = false;
        }
    }

    /** A logger that records. */
    static final class Recorder extends AbstractLogger {
        private static final long serialVersionUID = 1L;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                @Nullable String message,
                @Nullable Object @Nullable [] arguments,
                @Nullable Throwable throwable) {
            StringWriter thrown = new StringWriter();
            if (throwable != null) {
                throwable.printStackTrace(new PrintWriter(thrown, true));
            }
            Map<String, String> marks = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
            Line line = new Line(
                    name,
                    level,
                    String.valueOf(
                            MessageFormatter.arrayFormat(message, arguments).getMessage()),
                    thrown.toString(),
                    Map.copyOf(marks));
            if (listening) {
                LINES.add(line);
            }
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isTraceEnabled(Marker marker) {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled(Marker marker) {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled(Marker marker) {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled(Marker marker) {
            return true;
        }
    }
}
