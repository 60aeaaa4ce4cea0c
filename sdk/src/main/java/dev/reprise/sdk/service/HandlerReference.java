package dev.reprise.sdk.service;

import dev.reprise.sdk.serde.Serde;
import org.jspecify.annotations.Nullable;

/**
 * A handler as its callers see it.
 *
 * @param service the service's name
 * @param handler the handler's name
 * @param kind what it may do, and whether it has a key
 * @param input how its input is written; {@link Serde#none()} when it takes none
 * @param output how its result is read; {@link Serde#none()} when it has none
 */
public record HandlerReference(
        String service,
        String handler,
        HandlerKind kind,
        Serde<@Nullable Object> input,
        Serde<@Nullable Object> output) {}
