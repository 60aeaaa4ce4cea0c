package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.Action;
import dev.reprise.engine.partition.CommandRules;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.Retention;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import org.jspecify.annotations.Nullable;

/**
 * An invocation's life: every way from one status to another. All families of records call it, and nothing else writes
 * an invocation's status, its journal or the timers of its retention.
 *
 * <pre>
 *   accept ──► Scheduled ──► Inboxed ──► Invoked ──────── complete ──► Completed ──► forgotten
 *       │                       ▲        ▲     │                           ▲
 *       └───────── enter ───────┘  start │     │ suspend, pause            │
 *                                        │     ▼                           │
 *                                 Suspended, Paused ─────── killed ────────┘
 * </pre>
 *
 * <p>Any step to the right may be skipped, and what has not been {@code Invoked} is forgotten without ever being {@code
 * Completed}. In all other statuses than {@code Invoked} an invocation costs disk, but no heap.
 */
final class Life {
    private Life() {}

    /** Begins an invocation and its journal. Its entries follow, and then {@link #schedule} or {@link #enter}. */
    static void accept(Invocation created, Step step) {
        step.invocations().create(created);
        step.journal().create(created.id());
    }

    /** Makes a new invocation wait for its time. */
    static void schedule(Invocation created, TimerKey timer, Step step) {
        park(created, step);
        step.register(timer);
    }

    /** Starts an invocation, or makes it wait for its object. */
    static void enter(Invocation invocation, Step step) {
        InvocationStatus.Inboxed inboxed = ObjectQueue.enter(invocation, step);
        if (inboxed == null) {
            start(invocation, step);
        } else {
            park(invocation.with(inboxed, step.timeMillis()), step);
        }
    }

    /** Gives an invocation the right to run; from now on nothing counts that its earlier attempts say. */
    static void start(Invocation invocation, Step step) {
        if (invocation.times().startedMillis() == 0) {
            step.emit(new Action.InvocationStarted(invocation));
        }
        step.invocations().put(invocation.with(new InvocationStatus.Invoked(step.lsn(), false), step.timeMillis()));
        AttemptId attempt = new AttemptId(invocation.id(), step.tables().epoch(), step.lsn());
        step.emit(new Action.StartAttempt(attempt, invocation.target()));
    }

    /** Binds an invocation to a deployment; only the first binding counts, for life. */
    static void pin(Invocation invocation, DeploymentId deployment, ProtocolVersion version, Step step) {
        if (invocation.deployment() == null) {
            step.invocations().put(invocation.withDeployment(deployment, version));
        }
    }

    /** Appends an entry that is no notification. */
    static void append(InvocationId id, RawMessage entry, Step step) {
        step.journal().append(id, entry, step.timeMillis());
    }

    /** Appends a notification that its journal admits; answers its index. */
    static int append(InvocationId id, Notification notification, RawMessage raw, Step step) {
        Progress progress = notification.result() instanceof Result.Failed ? Progress.FAILED : Progress.SUCCEEDED;
        return step.journal().notify(id, notification.id(), progress, raw, step.timeMillis());
    }

    /** Records an event for people to see. */
    static void addEvent(InvocationId id, JournalEvent event, Step step) {
        step.journal().addEvent(id, event, step.lsn(), step.timeMillis());
    }

    /** Journals a completion of one of its commands, see {@link #notify}. */
    static void answer(Invocation invocation, MessageType type, int completionId, Result result, Step step) {
        notify(invocation, new Notification(type, new CompletionId(completionId), result), step);
    }

    /**
     * Adds a notification to the journal and tells the handler, or wakes it. A signal with a name, and a cancellation,
     * is added each time it comes: the handler waits for one after the other. For any other id only the first
     * notification counts, so a command that announces a completion id for the second time never gets another result
     * than the first one.
     */
    static void notify(Invocation invocation, Notification notification, Step step) {
        InvocationId id = invocation.id();
        if (!step.journal().head(id).admits(notification.id())) {
            return;
        }
        RawMessage raw = MessageCodec.encode(notification);
        int index = append(id, notification, raw, step);
        switch (invocation.status()) {
            case InvocationStatus.Invoked _ -> step.emit(news(id, index, notification, raw));
            case InvocationStatus.Suspended suspended -> {
                if (isResolved(id, suspended, step)) {
                    start(invocation, step);
                }
            }
            case InvocationStatus.Scheduled _,
                    InvocationStatus.Inboxed _,
                    InvocationStatus.Paused _,
                    InvocationStatus.Completed _ -> {}
        }
    }

    private static Action news(InvocationId id, int index, Notification notification, RawMessage raw) {
        return notification.type() == MessageType.RUN_COMPLETION
                        && notification.id() instanceof CompletionId(int completionId)
                ? new Action.AckRun(id, index, completionId, raw)
                : new Action.ForwardNotification(id, index, raw);
    }

    private static boolean isResolved(InvocationId id, InvocationStatus.Suspended suspended, Step step) {
        JournalHead head = step.journal().head(id);
        return suspended.awaitingOn().isResolvedBy(leaf -> head.progress(leaf, suspended.knownEntries()));
    }

    /** The handler has suspended. If what it waits for has come meanwhile, it starts again at once. */
    static void suspend(Invocation invocation, InvocationStatus.Suspended suspended, Step step) {
        if (isResolved(invocation.id(), suspended, step)) {
            start(invocation, step);
            return;
        }
        if (saysWhatItAwaits(invocation)) {
            addEvent(invocation.id(), new JournalEvent.Suspended(suspended.awaitingOn()), step);
        }
        park(invocation.with(suspended, step.timeMillis()), step);
    }

    /**
     * Before V7 a handler sends a set of notifications without saying how they combine, which is of no use to people.
     */
    private static boolean saysWhatItAwaits(Invocation invocation) {
        ProtocolVersion version = invocation.version();
        return version != null && version.compareTo(ProtocolVersion.V7) >= 0;
    }

    /** Stops an invocation until somebody resumes it; {@code lastFailure} is why, null if an operator asked for it. */
    static void pause(Invocation invocation, JournalEvent.@Nullable TransientError lastFailure, Step step) {
        Failure why = lastFailure == null ? null : lastFailure.failure();
        addEvent(invocation.id(), new JournalEvent.Paused(lastFailure), step);
        park(invocation.with(new InvocationStatus.Paused(why), step.timeMillis()), step);
    }

    /**
     * The handler broke a rule of {@link CommandRules}: nothing of the command goes into the journal, nothing counts
     * that the attempt says later, and the invocation waits for people to look at it.
     */
    static void violated(Invocation invocation, String what, Step step) {
        step.emit(new Action.AbortAttempt(invocation.id()));
        pause(invocation, JournalEvent.TransientError.of(ErrorCode.PROTOCOL_VIOLATION, what), step);
    }

    /** Requests a pause of a running invocation for when none of its attempts is open. */
    static void requestPause(Invocation invocation, InvocationStatus.Invoked status, Step step) {
        if (!status.pauseRequested()) {
            step.invocations().put(invocation.withPauseRequested(status.startLsn(), true));
            step.emit(new Action.HaltAttempt(invocation.id()));
        }
    }

    /** Runs an invocation now: drops a requested pause that has not happened yet. */
    static void hurry(Invocation invocation, InvocationStatus.Invoked status, Step step) {
        if (status.pauseRequested()) {
            step.invocations().put(invocation.withPauseRequested(status.startLsn(), false));
        }
        step.emit(new Action.RetryNow(invocation.id()));
    }

    /** Keeps a status that the invocation will have for a while, and drops its journal's head from the heap. */
    private static void park(Invocation invocation, Step step) {
        step.invocations().put(invocation);
        step.journal().dropHead(invocation.id());
    }

    /**
     * Ends an invocation that has run: answers whoever waits, lets its object move on, and keeps it for its retention,
     * if any.
     *
     * @param stacktrace where in the handler it failed, which is passed on but not kept; empty if unknown
     */
    static void complete(Invocation invocation, Result result, String stacktrace, Step step) {
        step.emit(new Action.InvocationEnded(invocation, result));
        Responses.sendAll(invocation, result, stacktrace, step);
        if (step.journal().head(invocation.id()).slept()) {
            step.tables().timers().sleeps(invocation.id()).forEach(step::unregister);
        }
        retain(invocation, result, step);
        InvocationId next = ObjectQueue.release(invocation, step);
        if (next != null) {
            start(step.invocations().get(next).orElseThrow(), step);
        }
    }

    private static void retain(Invocation invocation, Result result, Step step) {
        Retention retention = Retention.of(invocation.request());
        if (retention.invocationMillis() == 0) {
            forget(invocation, step);
            return;
        }
        InvocationStatus status = new InvocationStatus.Completed(KeptResult.of(result, retention));
        Invocation completed = invocation.withoutWaiting().with(status, step.timeMillis());
        if (retention.journalMillis() == 0) {
            step.invocations().put(completed);
            step.journal().delete(invocation.id());
        } else {
            park(completed, step);
        }
        retention.timers(completed).forEach(step::register);
    }

    /** Ends an invocation that never ran. Nothing of it is kept, whatever its retention. */
    static void endUnstarted(Invocation invocation, Result result, Step step) {
        switch (invocation.status()) {
            case InvocationStatus.Scheduled(TimerKey timer) -> step.unregister(timer);
            case InvocationStatus.Inboxed(long sequence) -> ObjectQueue.leave(invocation, sequence, step);
            case InvocationStatus.Invoked _,
                    InvocationStatus.Suspended _,
                    InvocationStatus.Paused _,
                    InvocationStatus.Completed _ -> throw new IllegalArgumentException("has run: " + invocation);
        }
        Responses.sendAll(invocation, result, "", step);
        forget(invocation, step);
    }

    /** Forgets a completed invocation's journal before its time has come. */
    static void purgeJournal(Invocation completed, KeptResult result, Step step) {
        for (TimerKey timer : Retention.of(completed.request()).timers(completed)) {
            if (timer.kind() == TimerKey.Kind.CLEAN_JOURNAL) {
                step.unregister(timer);
            }
        }
        forgetJournal(completed, result, step);
    }

    /** Forgets a completed invocation before its time has come. */
    static void purge(Invocation completed, Step step) {
        Retention.of(completed.request()).timers(completed).forEach(step::unregister);
        forget(completed, step);
    }

    /** Forgets a completed invocation's journal; the result stays. */
    static void forgetJournal(Invocation completed, KeptResult result, Step step) {
        InvocationId id = completed.id();
        if (result instanceof KeptResult.InJournal) {
            step.invocations()
                    .put(completed.withKept(new KeptResult.Inline(step.journal().result(id, result))));
        }
        step.journal().delete(id);
    }

    /** Forgets an invocation and its journal; of a workflow's run, also the state and the promises. */
    static void forget(Invocation invocation, Step step) {
        if (invocation.target().kind() == HandlerKind.WORKFLOW_RUN) {
            step.tables().state().clear(invocation.object());
            step.tables().promises().clear(invocation.object());
        }
        step.journal().delete(invocation.id());
        step.invocations().delete(invocation);
    }
}
