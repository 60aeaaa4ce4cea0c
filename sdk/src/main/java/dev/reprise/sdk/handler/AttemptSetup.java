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
 * The parameters of one attempt.
 *
 * @param service the service's name
 * @param handler the handler to run
 * @param serdes serializes values that have no serde of their own
 * @param version the version of the protocol that the engine speaks
 * @param headers the headers of the engine's request
 * @param threads provides threads
 * @param clock the time of day, which is only ever recorded, and the passing of time
 * @param memory what is known about the runs of earlier attempts
 * @param failures logs what handlers and runs throw
 * @param chance spreads the delays before runs are executed again
 * @param watch follows the progress of the attempt
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
     * Follows the progress of an attempt; for attempts that must stop where their journal ends. On the attempt's
     * thread.
     */
    interface Watch {
        /** Ignores everything. */
        Watch NONE = new Watch() {
            @Override
            public void issued(boolean isNew) {}

            @Override
            public void drawn() {}
        };

        /**
         * The handler has issued a command.
         *
         * @param isNew whether it is not in the journal, and follows no other new one
         * @throws dev.reprise.sdk.vm.AttemptClosedException when the attempt must end here
         */
        void issued(boolean isNew);

        /** The handler draws a random number. */
        void drawn();
    }
}
