package dev.reprise.sdk.scenario;

import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import org.slf4j.spi.MDCAdapter;

/** Logging for tests: writes nothing, and keeps each thread's marks. */
public final class MarksOnly extends NOP_FallbackServiceProvider {
    private final MDCAdapter marks = new BasicMDCAdapter();

    @Override
    public MDCAdapter getMDCAdapter() {
        return marks;
    }
}
