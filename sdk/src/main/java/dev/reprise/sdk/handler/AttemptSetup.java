package dev.reprise.sdk.handler;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.closure.RunMemory;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.HandlerDefinition;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What one attempt is about.
 *
 * @param service the service's name
 * @param handler the handler to run
 * @param serdes how values without a serde of their own are written
 * @param version what the engine speaks
 * @param headers the headers of the engine's request
 * @param threads where threads come from
 * @param clock what time it is, which is only ever recorded, and how time passes
 * @param memory what is known of the runs of earlier attempts
 * @param failures where it is logged what handlers and runs throw
 * @param chance spreads the delays before runs are executed again
 * @param watch sees how far the attempt comes
 */
record AttemptSetup(
        String service,
        HandlerDefinition handler,
        SerdeFactory serdes,
        ProtocolVersion version,
        Map<String, String> headers,
        AttemptThreads threads,
        TimeSource clock,
        RunMemory memory,
        FailureLog failures,
        RandomGenerator chance,
        Watch watch) {
    /**
     * Observes how far an attempt comes; for attempts that must stop where their journal ends. On the attempt's thread.
     */
    interface Watch {
        /** Looks at nothing. */
        Watch NONE = new Watch() {
            @Override
            public void issued(boolean isNew) {}

            @Override
            public void drawn() {}
        };

        /**
         * The handler has issued a command.
         *
         * @param isNew whether the journal does not have it, nor one before it that was new
         * @throws dev.reprise.sdk.vm.AttemptClosedException when the attempt must end here
         */
        void issued(boolean isNew);

        /** The handler draws a random number. */
        void drawn();
    }
}
