package dev.reprise.sdk.client;

import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An invocation, by its id: its result, and what a client can do with it. Any thread.
 *
 * <p>The first request shows whether the invocation exists: otherwise it fails with a {@link ClientException} with code
 * 404. A result that is a failure is a {@link ClientException} too.
 */
public final class ClientInvocation {
    private final ClientTransport transport;
    private final SerdeFactory serdes;
    private final String id;

    ClientInvocation(ClientTransport transport, SerdeFactory serdes, String id) {
        this.transport = transport;
        this.serdes = serdes;
        this.id = WellFormed.require("id of an invocation", id);
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Waits for its result. */
    public <T> T attach(Class<T> type) {
        return Futures.await(attachAsync(serdes.create(type)));
    }

    /** Waits for its result. */
    public <T extends @Nullable Object> T attach(TypeDescriptor<T> type) {
        return Futures.await(attachAsync(type));
    }

    /** Completes with its result. */
    public <T extends @Nullable Object> CompletableFuture<T> attachAsync(TypeDescriptor<T> type) {
        Serde<T> serde = type.serde(serdes);
        return Futures.read(transport.attach(id), serde::deserialize);
    }

    /** Its result, if it has one by now. */
    public <T> Optional<T> output(Class<T> type) {
        return Futures.await(outputAsync(serdes.create(type)));
    }

    /** Its result, if it has one by now. */
    public <T> Optional<T> output(TypeDescriptor<T> type) {
        return Futures.await(outputAsync(type));
    }

    /** Its result, if it has one by now; empty as well when that is {@code null}. */
    public <T extends @Nullable Object> CompletableFuture<Optional<T>> outputAsync(TypeDescriptor<T> type) {
        Serde<T> serde = type.serde(serdes);
        return Futures.read(transport.output(id), found -> found.map(serde::deserialize));
    }

    /**
     * Cancels it: its handler gets a {@link dev.reprise.sdk.CancelledException} where it awaits, and so do those it
     * called. Does not wait for it to end. Over HTTP this needs the admin address, as do the four below.
     */
    public void cancel() {
        Futures.await(cancelAsync());
    }

    /** As {@link #cancel}. */
    public CompletableFuture<@Nullable Void> cancelAsync() {
        return transport.command(id, InvocationCommand.CANCEL);
    }

    /** Ends it without asking its handler. Locks are freed; nothing is undone. */
    public void kill() {
        Futures.await(transport.command(id, InvocationCommand.KILL));
    }

    /** Forgets it. It must have completed. */
    public void purge() {
        Futures.await(transport.command(id, InvocationCommand.PURGE));
    }

    /** Stops its attempts until it is resumed. */
    public void pause() {
        Futures.await(transport.command(id, InvocationCommand.PAUSE));
    }

    /** Lets it run at once if it is paused or waits for a retry. */
    public void resume() {
        Futures.await(transport.command(id, InvocationCommand.RESUME));
    }

    /**
     * Sends it a signal that its handler awaits by {@link dev.reprise.sdk.Context#signal}, with a value serialized as
     * its own class. Each signal of a name is for one await, so none is sent again when the connection breaks. Over
     * HTTP, only this project's server accepts signals from outside; on the original one, let a handler send it.
     */
    public void signal(String name, Object value) {
        Futures.await(signalAsync(name, valueSerde(value), value));
    }

    /** As {@link #signal}, with a value of a type that its class does not describe. */
    public <T extends @Nullable Object> CompletableFuture<@Nullable Void> signalAsync(
            String name, TypeDescriptor<T> type, T value) {
        return transport.signal(
                id, WellFormed.require("name of a signal", name), Payload.of(type.serde(serdes), value));
    }

    /** Sends it a signal whose await throws a {@link dev.reprise.sdk.TerminalException} with code 500. */
    public void rejectSignal(String name, String reason) {
        Futures.await(transport.rejectSignal(
                id, WellFormed.require("name of a signal", name), WellFormed.require("reason", reason)));
    }

    @SuppressWarnings("unchecked") // the serde of the value's own class
    private Serde<Object> valueSerde(Object value) {
        return (Serde<Object>) serdes.createWriter(value.getClass());
    }

    @Override
    public String toString() {
        return id;
    }
}
