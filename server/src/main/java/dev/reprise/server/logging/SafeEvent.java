package dev.reprise.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event of the log, each text of which is on one line, see {@link LogText}. A stack trace keeps its lines, which are
 * our own; the messages in it do not.
 */
record SafeEvent(ILoggingEvent event) implements ILoggingEvent {
    @Override
    public String getFormattedMessage() {
        return LogText.oneLine(event.getFormattedMessage());
    }

    @Override
    public String getMessage() {
        return LogText.oneLine(event.getMessage());
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return SafeThrowable.of(event.getThrowableProxy());
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> safe = new LinkedHashMap<>();
        event.getMDCPropertyMap().forEach((key, value) -> safe.put(LogText.oneLine(key), LogText.oneLine(value)));
        return safe;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface asks for it
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public String getThreadName() {
        return LogText.oneLine(event.getThreadName());
    }

    @Override
    public String getLoggerName() {
        return LogText.oneLine(event.getLoggerName());
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return event.getArgumentArray();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public @Nullable List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        return event.getKeyValuePairs();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }

    /** A throwable whose message is on one line. */
    private record SafeThrowable(IThrowableProxy thrown) implements IThrowableProxy {
        static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown) {
            return thrown == null ? null : new SafeThrowable(thrown);
        }

        @Override
        public @Nullable String getMessage() {
            String message = thrown.getMessage();
            return message == null ? null : LogText.oneLine(message);
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(thrown.getCause());
        }

        @Override
        public IThrowableProxy @Nullable [] getSuppressed() {
            IThrowableProxy[] suppressed = thrown.getSuppressed();
            return suppressed == null
                    ? null
                    : Arrays.stream(suppressed).map(SafeThrowable::new).toArray(IThrowableProxy[]::new);
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
