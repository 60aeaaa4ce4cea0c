package dev.reprise.sdk.handler;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.serde.SerdeFactory;
import java.time.InstantSource;
import java.util.Map;

/**
 * What one attempt is about.
 *
 * @param service the service's name
 * @param handler the handler to run
 * @param serdes how values without a serde of their own are written
 * @param version what the engine speaks
 * @param headers the headers of the engine's request
 * @param threads where threads come from
 * @param clock what time it is; only ever recorded, or used to measure
 */
record AttemptSetup(
        String service,
        HandlerDefinition handler,
        SerdeFactory serdes,
        ProtocolVersion version,
        Map<String, String> headers,
        AttemptThreads threads,
        InstantSource clock) {}
