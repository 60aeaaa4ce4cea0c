package dev.reprise.engine.invoker;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.HandlerSettings;
import dev.reprise.protocol.time.Millis;
import java.time.Duration;
import java.util.Optional;

/**
 * How a handler's attempts are run: by its revision's settings, and by the engine's where that has none.
 *
 * @param inactivityMillis after so long without a message it is asked to suspend
 * @param abortMillis after so much longer it is cut
 * @param eagerStateBytesMax how much state is sent along
 * @param retries when a failed attempt is retried
 */
record AttemptPolicy(long inactivityMillis, long abortMillis, long eagerStateBytesMax, RetryPolicy retries) {

    static AttemptPolicy of(EngineConfig config) {
        return new AttemptPolicy(
                inactivityMillis(config, config.inactivityTimeout()),
                millis(config.abortTimeout()),
                config.eagerStateBytesMax(),
                config.retryPolicy());
    }

    static AttemptPolicy of(EngineConfig config, HandlerDescriptor handler) {
        HandlerSettings settings = handler.settings();
        return new AttemptPolicy(
                inactivityMillis(
                        config,
                        Optional.ofNullable(settings.inactivityTimeout()).orElse(config.inactivityTimeout())),
                millis(Optional.ofNullable(settings.abortTimeout()).orElse(config.abortTimeout())),
                settings.lazyState() ? 0 : config.eagerStateBytesMax(),
                config.retryPolicy().with(settings.retries()));
    }

    private static long inactivityMillis(EngineConfig config, Duration wanted) {
        return Math.min(millis(wanted), millis(config.inactivityTimeoutMax()));
    }

    /** Practically for ever, but short enough to be added to a time. */
    private static long millis(Duration duration) {
        return Math.min(Millis.of(duration), Long.MAX_VALUE / 4);
    }
}
