package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.serde.Serde;
import org.jspecify.annotations.Nullable;

/**
 * A handler as its callers see it.
 *
 * @param service the service's name
 * @param handler the handler's name
 * @param kind what it may do, and whether it has a key
 * @param input writes its input; {@link Serde#none()} if it takes none
 * @param output reads its result; {@link Serde#none()} if it has none
 */
public record HandlerReference(
        String service,
        String handler,
        HandlerKind kind,
        Serde<@Nullable Object> input,
        Serde<@Nullable Object> output) {}
