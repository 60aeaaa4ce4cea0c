package dev.reprise.sdk.handler;

import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.JournalMismatchException;
import dev.reprise.sdk.PauseException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.attempt.AttemptInput;
import dev.reprise.sdk.attempt.AttemptOutput;
import dev.reprise.sdk.closure.FailedRun;
import dev.reprise.sdk.closure.RunExecutions;
import dev.reprise.sdk.closure.RunTries;
import dev.reprise.sdk.promise.PromiseGraph;
import dev.reprise.sdk.report.Failing;
import dev.reprise.sdk.vm.AttemptClosedException;
import dev.reprise.sdk.vm.AttemptError;
import dev.reprise.sdk.vm.InvocationStateMachine;
import dev.reprise.sdk.vm.ReplayMismatchException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a handler. Only its tasks use the attempt's state machine and promises, one at a time. What other
 * threads post is read from the {@link Mailbox} when no task can continue; that is the only place where an attempt
 * waits, and where its output is sent.
 *
 * <pre>
 *   awaits the start ──► runs tasks ◄──► waits for mail
 *                             │                 │
 *                     output, failure      suspension, failed run, abort
 *                             └──────► over ◄───┘   branches are unwound, the handler last
 * </pre>
 */
final class HandlerAttempt implements PromiseGraph.Waiting {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerAttempt.class);
    /** How long to wait for something to arrive before announcing what many tasks wait for. */
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final AttemptSetup setup;
    private final EngineStream stream;
    private final Mailbox mailbox;
    private final InvocationStateMachine machine;
    private final HandlerTask task;
    private final PromiseGraph graph;
    private final MadePromises made;
    private final Announcements announcements;
    private final RunTries tries;
    private final RunExecutions runs;
    private final Cancellation cancellation = new Cancellation(this);
    private final Branches branches = new Branches(this);

    private volatile @Nullable Thread owner;
    private volatile boolean replaying = true;
    private volatile @Nullable String over;
    private boolean concluded;
    /** The invocation has ended, waits, or is paused, so no further attempt will continue its runs. */
    private boolean settled;

    private @Nullable JournalMismatchException mismatch;

    HandlerAttempt(AttemptSetup setup, AttemptOutput output) {
        this.setup = setup;
        this.mailbox = new Mailbox(setup.threads().newParking());
        this.machine = new InvocationStateMachine(setup.version());
        this.stream = new EngineStream(machine, mailbox, output, setup.service());
        this.task = new HandlerTask(this);
        this.graph = new PromiseGraph(this, task, setup.threads().uses());
        this.made = new MadePromises(graph, name(), setup.threads().drops());
        this.announcements = new Announcements(machine, graph);
        this.tries = new RunTries(machine, setup.memory(), setup.clock());
        this.runs = new RunExecutions(machine, tries, setup.threads(), setup.clock(), setup.chance(), this::logClosure);
    }

    /** Starts the thread, and returns the receiver of the engine's messages. */
    AttemptInput start() {
        setup.threads().start(name(), this::run);
        return mailbox;
    }

    /** The name of its threads. */
    String name() {
        return setup.service() + "/" + setup.handler().name();
    }

    private void run() {
        running(Thread.currentThread());
        try {
            awaitStart();
            task.runHandler(machine.invocation());
        } catch (TaskThread.Unwound unwound) {
            leave(unwound);
        } finally {
            conclude();
            over("the handler has ended");
            graph.awaits().unwindOthersFirst();
            owner = null;
        }
    }

    private void awaitStart() {
        while (!machine.isReady()) {
            if (!readMail()) {
                mailbox.await();
            }
        }
        replaying = machine.isReplaying();
        if (!replaying && !machine.hasKnownNotification()) {
            runs.startFromNowOn();
        }
    }

    /** A task's code was left. */
    void leave(Throwable ended) {
        LOG.debug("{}: {}", setup.service(), ended.getMessage());
    }

    /** Whether the handler's actions still count: the attempt is neither over nor aborted. */
    boolean isHeard() {
        return over == null && !mailbox.isAborted();
    }

    /** The handler has ended with this result. */
    void complete(Result result) {
        if (isHeard()) {
            tell(sameMachine -> sameMachine.output(result));
            tell(InvocationStateMachine::end);
            settled = true;
        }
    }

    /**
     * A task threw a non-terminal exception: the attempt fails once the closures that are executing have ended, so that
     * none is executed again because of it.
     */
    void fail(TaskThread failed, Throwable cause) {
        try {
            awaitClosures();
        } catch (TaskThread.Unwound unwound) {
            leave(unwound);
        }
        if (isHeard()) {
            AttemptError failure = Failing.of(cause, failed.label());
            log(new FailureLog.Failed(null, tries.attempt(), cause, FailureLog.Next.of(failure, setup.version())));
            settled = cause instanceof PauseException;
            machine.fail(failure);
            over("a task failed");
            conclude();
        }
    }

    private void awaitClosures() {
        runs.startNothingMore();
        while (isHeard() && runs.isExecuting()) {
            if (!readMail()) {
                stream.flush();
                mailbox.await();
            }
        }
    }

    private void over(String why) {
        if (over == null) {
            over = why;
            graph.awaits().dropUnbegun();
        }
    }

    /** Whether the attempt is over, so that tasks only leave their code. */
    boolean isOver() {
        return over != null;
    }

    private void log(FailureLog.Failed failed) {
        if (isHeard()) {
            setup.failures().failed(setup, machine.invocation().debugId(), failed);
        }
    }

    private void logClosure(RunExecutions.ClosureFailure failure) {
        FailedRun retry = failure.retry();
        FailureLog.Next next = retry == null
                ? FailureLog.Next.REJECTED
                : FailureLog.Next.of(retry, failure.thrown().endMillis(), setup.version());
        String run = failure.step().options().name();
        log(new FailureLog.Failed(run, failure.execution(), failure.thrown().cause(), next));
    }

    // -- what the context does

    /** Issues a command of the handler. */
    <R> R issue(Function<InvocationStateMachine, R> command) {
        checkAccess();
        try {
            R result = ask(command);
            replaying = machine.isReplaying();
            setup.watch().issued(machine.hasWrittenCommand());
            return result;
        } catch (AttemptClosedException e) {
            throw unwind(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Calls the state machine where it may refuse.
     *
     * @throws JournalMismatchException when the journal contains something else: always the first such exception, which
     *     has the stack trace of the code at fault
     */
    private <R> R ask(Function<InvocationStateMachine, R> request) {
        try {
            return request.apply(machine);
        } catch (ReplayMismatchException found) {
            if (mismatch == null) {
                mismatch = new JournalMismatchException(
                        found.commandIndex(), found.recorded(), found.attempted(), String.valueOf(found.getMessage()));
            }
            throw mismatch;
        }
    }

    /** Calls the state machine where it may refuse and returns nothing. */
    private void tell(Consumer<InvocationStateMachine> request) {
        ask(sameMachine -> {
            request.accept(sameMachine);
            return sameMachine;
        });
    }

    /** Issues a command of the handler that returns nothing. */
    void perform(Consumer<InvocationStateMachine> command) {
        issue(sameMachine -> {
            command.accept(sameMachine);
            return sameMachine;
        });
    }

    PromiseGraph graph() {
        return graph;
    }

    MadePromises made() {
        return made;
    }

    /** The handler's own task. */
    HandlerTask handlerTask() {
        return task;
    }

    Branches branches() {
        return branches;
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

    /** Whether the journal still answers the handler. Any thread may call it. */
    boolean isReplaying() {
        return replaying;
    }

    @Override
    public RestatePromise<?> timer(Duration duration) {
        return ((TaskThread) graph.current()).context().timer("", duration);
    }

    /** {@code thread} has the baton. */
    void running(Thread thread) {
        owner = thread;
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
            throw new TaskThread.Unwound("the context must not be used any more: " + over);
        }
        if (mailbox.isAborted()) {
            throw unwind("the engine has ended the attempt");
        }
    }

    // -- waiting

    @Override
    public void takeNext() {
        if (!machine.hasKnownNotification() && !machine.isReplaying()) {
            runs.startFromNowOn();
        }
        Optional<Notification> next = ask(InvocationStateMachine::takeNotification);
        if (next.isEmpty()) {
            await(graph::roots);
        } else if (next.get().id().equals(SignalIndex.CANCEL)) {
            cancellation.received();
        } else {
            take(next.get());
        }
    }

    private void take(Notification notification) {
        NotificationId id = notification.id();
        runs.taken(id);
        graph.deliver(id, notification.result());
        cancellation.taken(id);
    }

    /**
     * Waits for the promise of one notification while no task continues; the notifications before it are taken later.
     */
    void takeOnly(NotificationId id, RestatePromise<?> promise) {
        cancellation.waitsForOne(true);
        while (!promise.isSettled()) {
            Optional<Notification> next = ask(sameMachine -> sameMachine.takeNotification(id));
            if (next.isEmpty()) {
                await(() -> List.of(promise));
            } else {
                take(next.get());
            }
        }
        cancellation.waitsForOne(false);
    }

    private void await(Supplier<List<RestatePromise<?>>> awaited) {
        if (readMail()) {
            return;
        }
        List<RestatePromise<?>> roots = awaited.get();
        runs.tryAgain(() -> cancellation.treeOf(roots)).ifPresent(failed -> {
            settled = failed.failure().behavior() == ErrorBehavior.PAUSE;
            machine.failRun(failed.run(), failed.failure());
            throw unwind("a run failed and will be retried");
        });
        if (machine.isInputClosed() && !runs.isExecuting()) {
            tell(sameMachine -> {
                announcements.tell(roots, cancellation, true, false);
                sameMachine.suspend(cancellation.treeOf(roots));
            });
            settled = true;
            throw unwind("suspended");
        }
        if (runs.takeFreshlyStarted()) {
            setup.threads().yieldToOthers();
        } else {
            announce(roots);
            stream.flush();
            runs.untilNextTry().ifPresentOrElse(mailbox::awaitAtMost, mailbox::await);
        }
    }

    private void announce(List<RestatePromise<?>> roots) {
        boolean executing = runs.isExecuting();
        boolean busy = executing || runs.isUnacknowledged();
        if (!announcements.areDue(roots, executing, busy)) {
            return;
        }
        if (Announcements.areMany(roots) && !machine.isReplaying()) {
            stream.flush();
            if (mailbox.awaitAtMost(MOMENT)) {
                return;
            }
        }
        tell(sameMachine -> announcements.tell(roots, cancellation, busy, executing));
    }

    /** Reads what other threads have posted; returns whether there was anything. */
    private boolean readMail() {
        boolean any = stream.receive(runs::ended);
        if (mailbox.isAborted()) {
            throw unwind("the engine has ended the attempt");
        }
        if (machine.isClosed()) {
            throw unwind("the attempt failed");
        }
        return any;
    }

    // -- ending

    /**
     * Ends the attempt. The returned error unwinds a task's code, once the tasks to be unwound before it have ended.
     */
    private TaskThread.Unwound unwind(String why) {
        over(why);
        conclude();
        graph.awaits().unwindOthersFirst();
        return new TaskThread.Unwound(why);
    }

    private void conclude() {
        if (!concluded) {
            concluded = true;
            stream.flush();
            runs.over(mailbox.isAborted());
            stream.close();
            keepTries();
        }
    }

    private void keepTries() {
        if (settled && !mailbox.isAborted()) {
            tries.concluded();
        } else if (task.isStarted()) {
            tries.failed(machine.isClosed() && !mailbox.isAborted());
        }
    }
}
