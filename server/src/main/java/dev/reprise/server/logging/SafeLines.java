package dev.reprise.server.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Formats each {@link SafeEvent} by a pattern. */
final class SafeLines extends PatternLayoutEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(new SafeEvent(event));
    }
}
