package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A listener that keeps what it was told. */
final class RecordedAttempt implements AttemptListener {
    private static final long DEADLINE_SECONDS = 30;

    final AtomicLong bytes = new AtomicLong();
    final CompletableFuture<String> outcome = new CompletableFuture<>();
    private final CompletableFuture<StreamFailure> failed = new CompletableFuture<>();
    private final BlockingQueue<RawMessage> messages = new LinkedBlockingQueue<>();
    private final Consumer<RawMessage> onMessage;

    RecordedAttempt() {
        this(_ -> {});
    }

    RecordedAttempt(Consumer<RawMessage> onMessage) {
        this.onMessage = onMessage;
    }

    @Override
    public void onFrames(List<Frame> more) {
        for (Frame frame : more) {
            RawMessage message = frame.message();
            bytes.addAndGet(message.body().size());
            messages.add(message);
            onMessage.accept(message);
        }
    }

    @Override
    public void onClosed() {
        assertThat(outcome.complete("closed")).isTrue();
    }

    @Override
    public void onFailed(String reason) {
        throw new AssertionError("the transport knows more: " + reason);
    }

    @Override
    public void onFailed(StreamFailure failure) {
        failed.complete(failure);
        assertThat(outcome.complete("failed")).isTrue();
    }

    RawMessage next() {
        RawMessage message = uninterrupted(() -> messages.poll(DEADLINE_SECONDS, TimeUnit.SECONDS));
        if (message == null) {
            throw new AssertionError("no message within " + DEADLINE_SECONDS + " s, outcome " + outcome);
        }
        return message;
    }

    void awaitClosed() {
        String end = uninterrupted(() -> outcome.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
        assertThat(end).as(() -> String.valueOf(failed.getNow(null))).isEqualTo("closed");
    }

    StreamFailure awaitFailure() {
        return uninterrupted(() -> failed.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }

    static <T> T uninterrupted(Callable<T> waiting) {
        try {
            return waiting.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (Exception e) {
            throw new AssertionError("it did not come: " + e, e);
        }
    }
}
