package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.serde.Serde;
import org.jspecify.annotations.Nullable;

/**
 * One handler of a service: its name, its types and the code.
 *
 * @param name its name, unique in its service
 * @param kind what it may do
 * @param input reads its input; {@link Serde#none()} if it takes none
 * @param output writes its result; {@link Serde#none()} if it has none
 * @param options what the engine should know about it
 * @param body the code
 */
public record HandlerDefinition(
        String name,
        HandlerKind kind,
        Serde<@Nullable Object> input,
        Serde<@Nullable Object> output,
        HandlerOptions options,
        Body body) {

    /** The code of a handler, whatever its shape. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs the handler.
         *
         * @param ctx the context of this attempt, of the type that {@link HandlerKind} asks for
         * @param input the input, {@code null} when it takes none
         * @return the result, {@code null} when it has none
         * @throws Throwable whatever the handler throws
         */
        @Nullable
        Object invoke(Context ctx, @Nullable Object input) throws Throwable;
    }

    /**
     * Runs the handler on the calling thread.
     *
     * @param ctx the context of this attempt, of the type that {@link #kind} asks for
     * @param argument the deserialized input, {@code null} when it takes none
     * @return the result, {@code null} when it has none
     * @throws Throwable whatever the handler throws
     */
    public @Nullable Object invoke(Context ctx, @Nullable Object argument) throws Throwable {
        return body.invoke(ctx, argument);
    }

    HandlerDefinition withOptions(HandlerOptions newOptions) {
        return new HandlerDefinition(name, kind, input, output, newOptions, body);
    }
}
