package dev.reprise.sdk.scenario;

import org.slf4j.ILoggerFactory;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** Logging for tests: writes nothing, keeps each thread's marks, and gives what is logged to {@link LoggedLines}. */
public final class MarksOnly extends NOP_FallbackServiceProvider {
    private final MDCAdapter marks = new BasicMDCAdapter();

    @Override
    public MDCAdapter getMDCAdapter() {
        return marks;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return LoggedLines.Recorder::new;
    }
}
