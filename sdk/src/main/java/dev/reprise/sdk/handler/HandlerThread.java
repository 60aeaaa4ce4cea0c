package dev.reprise.sdk.handler;

import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.AwaitTrees;
import dev.reprise.sdk.promise.Failures;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.promise.PromiseNode;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.vm.AttemptClosedException;
import dev.reprise.sdk.vm.AttemptFailure;
import dev.reprise.sdk.vm.Invocation;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one attempt: it alone uses the attempt's state machine and promises, and runs the handler. What comes from
 * other threads it finds in its {@link Mailbox} when it has to wait; that is the one place where it waits, and where its
 * output is sent.
 */
final class HandlerThread implements PromiseGraph.Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerThread.class);
    private static final int BAD_REQUEST = 400;

    private final AttemptSetup setup;
    private final AttemptOutput output;
    private final Mailbox mailbox;
    private final InvocationStateMachine machine;
    private final PromiseGraph graph = new PromiseGraph(this);
    private final RunTries tries;
    private final RunExecutions runs;
    private final Cancellation cancellation = new Cancellation(this);

    private @Nullable HandlerContext context;
    private volatile @Nullable Thread owner;
    private volatile boolean replaying = true;
    private @Nullable String over;
    private boolean concluded;
    /** The invocation has ended, waits, or is paused: no further attempt goes on with its runs. */
    private boolean settled;

    private @Nullable PromiseNode<?> announced;

    HandlerThread(AttemptSetup setup, AttemptOutput output) {
        this.setup = setup;
        this.output = output;
        this.mailbox = new Mailbox(setup.threads().newParking());
        this.machine = new InvocationStateMachine(setup.version());
        this.tries = new RunTries(machine, setup.memory(), setup.clock());
        this.runs = new RunExecutions(machine, setup, tries, this::log);
    }

    /** Starts the thread, and gives where the engine's messages go. */
    AttemptInput start() {
        setup.threads().start(setup.service() + "/" + setup.handler().name(), this::run);
        return mailbox;
    }

    private void run() {
        owner = Thread.currentThread();
        try {
            awaitStart();
            Invocation invocation = machine.invocation();
            Target target = target(invocation);
            LogContext logContext = new LogContext(invocation.debugId(), target.toString());
            context = new HandlerContext(this, new HandlerRequest(invocation, target, setup.headers()), logContext);
            logContext.run(() -> graph.run(this::invoke));
        } catch (AttemptUnwound unwound) {
            LOG.debug("{}: {}", setup.service(), unwound.getMessage());
        } finally {
            owner = null;
            conclude();
        }
    }

    private void awaitStart() {
        while (!machine.isReady()) {
            if (!readMail()) {
                mailbox.await();
            }
        }
        replaying = machine.isReplaying();
    }

    private Target target(Invocation invocation) {
        HandlerDefinition handler = setup.handler();
        return new Target(setup.service(), handler.kind().isKeyed() ? invocation.key() : null, handler.name());
    }

    /** Runs the handler and records how it ended. */
    @SuppressWarnings("InterruptedExceptionSwallowed") // whatever the handler throws is the attempt's failure
    private void invoke() {
        try {
            complete(result());
        } catch (AttemptUnwound | AttemptClosedException ended) {
            LOG.debug("{}: {}", setup.service(), ended.getMessage());
        } catch (Throwable cause) {
            retry(cause);
        }
    }

    private Result result() throws Throwable {
        try {
            Object argument = argument();
            Object value = setup.handler().invoke(context(), argument);
            return new Result.Value(setup.handler().output().serialize(value));
        } catch (TerminalException reason) {
            Failure failure = Failures.failure(reason);
            if (isHeard() && !(reason instanceof CancelledException)) {
                setup.failures().terminal(setup, machine.invocation().debugId(), failure);
            }
            return new Result.Failed(failure);
        }
    }

    private @Nullable Object argument() {
        try {
            return setup.handler().input().deserialize(machine.invocation().input());
        } catch (SerdeException e) {
            throw new TerminalException(BAD_REQUEST, "the input cannot be read: " + e.getMessage());
        }
    }

    /** Whether what the handler does still counts: the attempt is neither over nor aborted. */
    private boolean isHeard() {
        return over == null && !mailbox.isAborted();
    }

    private void complete(Result result) {
        if (isHeard()) {
            machine.output(result);
            machine.end();
            settled = true;
        }
    }

    private void retry(Throwable cause) {
        if (isHeard()) {
            AttemptFailure failure = Failing.of(cause);
            log(new FailureLog.Failed(null, tries.attempt(), cause, FailureLog.Next.of(failure, setup.version())));
            settled = cause instanceof PauseException;
            machine.fail(failure);
        }
    }

    private void log(FailureLog.Failed failed) {
        if (isHeard()) {
            setup.failures().failed(setup, machine.invocation().debugId(), failed);
        }
    }

    private HandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the attempt has not started");
        }
        return context;
    }

    // -- what the context does

    /** Issues a command of the handler. */
    <R> R issue(Function<InvocationStateMachine, R> command) {
        checkAccess();
        try {
            R result = command.apply(machine);
            replaying = machine.isReplaying();
            runs.start();
            return result;
        } catch (AttemptClosedException e) {
            throw unwind(String.valueOf(e.getMessage()));
        }
    }

    /** Issues a command of the handler that gives nothing. */
    void perform(Consumer<InvocationStateMachine> command) {
        issue(sameMachine -> {
            command.accept(sameMachine);
            return sameMachine;
        });
    }

    PromiseGraph graph() {
        return graph;
    }

    RunExecutions runs() {
        return runs;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    AttemptSetup setup() {
        return setup;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Whether the journal still answers the handler. Any thread may ask. */
    boolean isReplaying() {
        return replaying;
    }

    @Override
    public RestatePromise<?> timer(Duration duration) {
        return context().timer("", duration);
    }

    @Override
    public void checkAccess() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "Expected the context and its promises to be used on the handler's thread while it runs, found thread "
                            + Thread.currentThread()
                            + ": another one, that of a run's closure, or the handler has ended. Await before, and"
                            + " pass the values on.");
        }
        if (over != null) {
            throw new AttemptUnwound("the context must not be used any more: " + over);
        }
        if (mailbox.isAborted()) {
            throw unwind("the engine has ended the attempt");
        }
    }

    // -- waiting

    @Override
    public void takeNext(PromiseNode<?> root) {
        while (true) {
            cancellation.throwIfDue();
            Optional<Notification> next = machine.takeNotification();
            if (next.isEmpty()) {
                await(root);
            } else if (next.get().id().equals(SignalIndex.CANCEL)) {
                cancellation.received();
            } else {
                runs.taken(next.get().id());
                graph.deliver(next.get().id(), next.get().result());
                return;
            }
        }
    }

    private void await(PromiseNode<?> root) {
        if (readMail()) {
            return;
        }
        runs.dueFailure().ifPresent(failed -> {
            settled = failed.failure().behavior() == ErrorBehavior.PAUSE;
            machine.failRun(failed.run(), failed.failure());
            throw unwind("a run failed and will be retried");
        });
        if (machine.isInputClosed() && !runs.isExecuting()) {
            machine.suspend(AwaitTrees.of(root));
            settled = true;
            throw unwind("suspended");
        }
        if (runs.takeFreshlyStarted()) {
            setup.threads().yieldToOthers();
        } else {
            announce(root);
            flush();
            mailbox.await();
        }
    }

    /**
     * Tells the engine what the handler waits for: once for each promise, and not while results of runs are to come, for
     * then it is known.
     */
    private void announce(PromiseNode<?> root) {
        boolean busy = runs.isExecuting() || runs.isUnacknowledged();
        if (machine.isReplaying() || (announced != root && !busy)) {
            machine.awaitingOn(AwaitTrees.of(root), runs.isExecuting());
            announced = root;
        }
    }

    /** Reads what other threads have said; whether that was anything. */
    private boolean readMail() {
        boolean any = false;
        for (Mailbox.Letter letter = mailbox.poll(); letter != null; letter = mailbox.poll()) {
            any = true;
            switch (letter) {
                case Mailbox.Received(List<RawMessage> messages) -> messages.forEach(machine::receive);
                case Mailbox.InputClosed() -> machine.inputClosed();
                case Mailbox.RunEnded ended -> runs.ended(ended);
            }
        }
        if (mailbox.isAborted()) {
            throw unwind("the engine has ended the attempt");
        }
        if (machine.isClosed()) {
            throw unwind("the attempt failed");
        }
        return any;
    }

    // -- ending

    /** Ends the attempt; the handler's code is left by the returned error. */
    private AttemptUnwound unwind(String why) {
        over = why;
        conclude();
        return new AttemptUnwound(why);
    }

    /** Sends what there is to send. An output that fails is as good as an engine that ends the attempt. */
    private void flush() {
        List<RawMessage> messages = machine.takeOutput();
        if (!messages.isEmpty()) {
            orAbort(() -> output.send(messages));
        }
    }

    private void conclude() {
        if (!concluded) {
            concluded = true;
            if (!mailbox.isAborted()) {
                flush();
            }
            runs.dropWaiting(mailbox.isAborted());
            orAbort(output::close);
            keepTries();
        }
    }

    private void keepTries() {
        if (settled && !mailbox.isAborted()) {
            tries.concluded();
        } else if (context != null) {
            tries.failed(machine.isClosed() && !mailbox.isAborted());
        }
    }

    private void orAbort(Runnable sending) {
        if (mailbox.isAborted()) {
            return;
        }
        try {
            sending.run();
        } catch (RuntimeException e) {
            LOG.debug("{}: the output failed", setup.service(), e);
            mailbox.abort();
        }
    }
}
