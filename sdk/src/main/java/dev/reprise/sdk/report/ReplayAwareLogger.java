package dev.reprise.sdk.report;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LoggingEventBuilder;

/** A logger that is silent while the journal is replayed. */
public final class ReplayAwareLogger extends AbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient Logger target;
    private final transient BooleanSupplier silent;

    /** Passes everything on to {@code target} unless {@code silent} is true. */
    public ReplayAwareLogger(Logger target, BooleanSupplier silent) {
        this.target = target;
        this.silent = silent;
        this.name = target.getName();
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
        LoggingEventBuilder event = target.atLevel(level);
        if (marker != null) {
            event = event.addMarker(marker);
        }
        if (arguments != null) {
            for (Object argument : arguments) {
                event = event.addArgument(argument);
            }
        }
        event.setMessage(message).setCause(throwable).log();
    }

    private boolean isSilent() {
        return silent.getAsBoolean();
    }

    @Override
    public boolean isTraceEnabled() {
        return !isSilent() && target.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return !isSilent() && target.isTraceEnabled(marker);
    }

    @Override
    public boolean isDebugEnabled() {
        return !isSilent() && target.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return !isSilent() && target.isDebugEnabled(marker);
    }

    @Override
    public boolean isInfoEnabled() {
        return !isSilent() && target.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return !isSilent() && target.isInfoEnabled(marker);
    }

    @Override
    public boolean isWarnEnabled() {
        return !isSilent() && target.isWarnEnabled();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return !isSilent() && target.isWarnEnabled(marker);
    }

    @Override
    public boolean isErrorEnabled() {
        return !isSilent() && target.isErrorEnabled();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return !isSilent() && target.isErrorEnabled(marker);
    }
}
