package dev.reprise.sdk.handler;

import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.FailureListener;
import dev.reprise.sdk.closure.RunMemory;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.vm.AttemptClosedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a handler that goes no further than a given journal, to check that its code still repeats it. It ends
 * at the first command that the journal does not contain, at a wait that the journal does not answer, or with the
 * handler. Closures of runs are not executed; side effects outside the context do happen.
 *
 * <p>For one replay, on any thread.
 */
public final class JournalReplay {
    /** How a replay ended. */
    public enum Ending {
        /** The handler did what the journal says, to its end. */
        REPEATED,
        /** The handler did something else. */
        MISMATCHED,
        /** The handler threw a non-terminal exception although the journal has more commands. */
        FAILED_WITHIN,
        /** The handler threw a non-terminal exception after the journal's last command. */
        FAILED_BEHIND,
        /** The journal cannot be read. */
        UNREADABLE,
        /** The handler did not reach the journal's end in time. */
        UNENDED
    }

    /**
     * The result of a replay.
     *
     * @param ending how it ended
     * @param text what went wrong, as the attempt reports it; empty if nothing did
     * @param drewRandom whether the handler drew random numbers, which depend on the seed
     */
    public record Outcome(Ending ending, String text, boolean drewRandom) {}

    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final HandlerAttempt attempt;
    private volatile String text = "";
    private volatile boolean drewRandom;

    /**
     * A replay that has not begun.
     *
     * @param service the service of the handler
     * @param handler one of the service's handlers
     * @param version the version of the protocol in which the journal was recorded
     */
    public JournalReplay(ServiceDefinition service, HandlerDefinition handler, ProtocolVersion version) {
        var setup = new AttemptSetup(
                service.name(),
                handler,
                new CachedSerdes(service.serdes()),
                version,
                Map.of(),
                new WithoutRuns(),
                TimeSource.of(InstantSource.system()),
                new RunMemory(),
                new FailureLog(FailureListener.NONE),
                () -> ThreadLocalRandom.current().nextLong(),
                new Watch());
        attempt = new HandlerAttempt(setup, new Output());
    }

    /**
     * Replays a journal. Called once.
     *
     * @param start what precedes the journal; it declares the state incomplete, because the journal contains what was
     *     read
     * @param entries the journal, the input first
     * @param timeout how long the handler may take
     */
    public Outcome run(Start start, List<RawMessage> entries, Duration timeout) throws InterruptedException {
        AttemptInput input = attempt.start();
        List<RawMessage> messages = new ArrayList<>();
        messages.add(MessageCodec.encode(start));
        messages.addAll(entries);
        input.receive(messages);
        input.close();
        try {
            return new Outcome(ending.get(timeout.toMillis(), TimeUnit.MILLISECONDS), text, drewRandom);
        } catch (TimeoutException e) {
            String late = "the handler did not come to the journal's end within " + timeout.toSeconds() + " s";
            return new Outcome(Ending.UNENDED, late, drewRandom);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a replay has an ending", e);
        } finally {
            input.abort();
        }
    }

    private void failed(ErrorMessage error) {
        text = error.message();
        ending.complete(
                switch (error.code()) {
                    case ErrorCode.JOURNAL_MISMATCH -> Ending.MISMATCHED;
                    case ErrorCode.PROTOCOL_VIOLATION -> Ending.UNREADABLE;
                    default -> attempt.isReplaying() ? Ending.FAILED_WITHIN : Ending.FAILED_BEHIND;
                });
    }

    /** Receives the attempt's messages: the first one shows how it ended. */
    private final class Output implements AttemptOutput {
        @Override
        public void send(List<RawMessage> messages) {
            if (!ending.isDone() && MessageCodec.decode(messages.getFirst()) instanceof ErrorMessage error) {
                failed(error);
            }
            ending.complete(Ending.REPEATED);
        }

        @Override
        public void close() {
            if (!ending.isDone()) {
                text = "the handler ended without a message";
                ending.complete(Ending.UNENDED);
            }
        }
    }

    /** Ends the attempt at the end of the journal. */
    private final class Watch implements AttemptSetup.Watch {
        @Override
        public void issued(boolean isNew) {
            if (isNew) {
                throw new AttemptClosedException("go on behind the journal");
            }
        }

        @Override
        public void drawn() {
            drewRandom = true;
        }
    }

    /**
     * Threads for handlers, and none for the closures of runs, which would start only after the end of the journal.
     */
    private final class WithoutRuns implements AttemptThreads {
        private final AttemptThreads virtual = AttemptThreads.virtual();
        /** A new virtual thread has the program's class loader, but the handler may come from another one. */
        private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

        @Override
        public void start(String name, Runnable body) {
            virtual.start(name, () -> {
                Thread.currentThread().setContextClassLoader(loader);
                body.run();
            });
        }

        @Override
        public void startRun(String name, @Nullable RunThread kind, Runnable closure) {
            ending.complete(Ending.REPEATED);
        }

        @Override
        public void yieldToOthers() {
            virtual.yieldToOthers();
        }

        @Override
        public Parking newParking() {
            return virtual.newParking();
        }
    }
}
