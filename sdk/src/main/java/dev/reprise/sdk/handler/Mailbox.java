package dev.reprise.sdk.handler;

import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.closure.ClosureOwner;
import dev.reprise.sdk.closure.RunStep;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What other threads post for a handler's thread, in order. Any thread posts; the handler's thread takes. */
final class Mailbox implements AttemptInput, ClosureOwner {
    /** One message to the handler's thread. */
    sealed interface Letter {}

    /** The engine sent these. */
    record Received(List<RawMessage> messages) implements Letter {}

    /** The engine will send no more. */
    record InputClosed() implements Letter {}

    /** A closure has ended. */
    record ClosureEnded(CompletionId run, RunStep.Outcome outcome) implements Letter {}

    private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
    private final AttemptThreads.Parking parking;
    private volatile boolean aborted;

    Mailbox(AttemptThreads.Parking parking) {
        this.parking = parking;
    }

    @Override
    public void receive(List<RawMessage> messages) {
        post(new Received(List.copyOf(messages)));
    }

    @Override
    public void close() {
        post(new InputClosed());
    }

    @Override
    public void abort() {
        aborted = true;
        parking.unpark();
    }

    @Override
    public void ended(CompletionId run, RunStep.Outcome outcome) {
        post(new ClosureEnded(run, outcome));
    }

    private void post(Letter letter) {
        letters.add(letter);
        parking.unpark();
    }

    /** The next letter; null if there is none. */
    @Nullable
    Letter poll() {
        return letters.poll();
    }

    @Override
    public boolean isAborted() {
        return aborted;
    }

    /** Waits for a letter or the end, but at most for a positive duration; returns whether there is one. */
    boolean awaitAtMost(Duration duration) {
        if (!aborted && letters.isEmpty()) {
            parking.parkAtMost(duration);
        }
        return aborted || !letters.isEmpty();
    }

    /** Waits for a letter or the end. */
    void await() {
        if (!aborted && letters.isEmpty()) {
            parking.park();
        }
    }
}
