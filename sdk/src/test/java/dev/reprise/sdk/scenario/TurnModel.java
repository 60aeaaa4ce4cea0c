package dev.reprise.sdk.scenario;

import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.scenario.TurnPromise.Ending;
import dev.reprise.sdk.scenario.TurnPromise.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules of turns, written down once more and naively: given the notifications of a journal, it says who runs next,
 * what settles, who is cancelled in which order and what is issued. It knows no threads and no attempts, and evaluates
 * everything from the beginning each time.
 */
final class TurnModel extends TurnGraph {
    /** The invocation waits for what the journal does not have. */
    static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A call whose id is not known. */
    private record Call(TurnPromise id, CompletionId idKey) {}

    final List<String> commands = new ArrayList<>();
    private final List<Notification> notifications;
    private final Map<NotificationId, TurnPromise> expected = new HashMap<>();
    private final Map<NotificationId, Ending> early = new HashMap<>();
    private final List<CompletionId> callsSinceCancel = new ArrayList<>();
    private final Map<CompletionId, Call> calls = new LinkedHashMap<>();
    private final Map<CompletionId, Call> givenUp = new LinkedHashMap<>();
    private int completions;
    private int awakeables = 16;

    TurnModel(List<Notification> notifications, Fault fault) {
        super(fault);
        this.notifications = new ArrayList<>(notifications);
    }

    /** Lets tasks run until the handler has ended or waits for ever. */
    void play(Runnable code) {
        try {
            code.run();
            while (!handler.hasEnded) {
                tell(true);
                TurnTask next = next();
                if (next != null) {
                    resume(next);
                } else {
                    consume();
                }
            }
        } catch (Stuck forEver) {
            commands.add("waits");
        }
    }

    // -- turns

    private void resume(TurnTask task) {
        current = task;
        if (!task.hasBegun) {
            task.hasBegun = true;
            if (task.cancellations > 0 && fault != Fault.UNBEGUN_BEGINS) {
                task.cancellations--;
                branchEnds(task, new Ending.Failed(new PromiseCancelledException()));
            } else {
                Objects.requireNonNull(task.code).run();
            }
            return;
        }
        TurnPromise root = Objects.requireNonNull(task.awaits);
        if (task.isInterrupted) {
            task.isInterrupted = false;
            if (fault == Fault.CANCELLED_HAS_SEEN) {
                observe(root);
            }
            leave(task, new Ending.Failed(new CancelledException()));
        } else {
            observe(root);
            leave(task, Objects.requireNonNull(root.ending));
        }
    }

    private static void leave(TurnTask task, Ending ending) {
        task.awaits = null;
        Objects.requireNonNull(task.goesOn).accept(ending);
    }

    /** {@code task}, which is running, awaits a promise. */
    void await(TurnTask task, TurnPromise root, Consumer<Ending> goesOn) {
        if (root.isOver() && fault != Fault.SETTLED_MOVES) {
            observe(root);
            goesOn.accept(Objects.requireNonNull(root.ending));
            return;
        }
        if (leadsTo(root, task, new HashSet<>())) {
            goesOn.accept(new Ending.Refused(
                    task.isBranch()
                            ? "a branch awaits its own end"
                            : "a function given to map or recover awaits its own result"));
            return;
        }
        task.awaits = root;
        task.goesOn = goesOn;
        tell(true);
        if (root.isOver()) {
            reached(root);
        } else if (!task.isQueued && task.cancellations > 0) {
            task.cancellations--;
            if (current.equals(task)) {
                leave(task, new Ending.Failed(new CancelledException()));
            } else {
                cancel(task); // it gave up its turn to let another one run a function
            }
        }
    }

    // -- promises

    private TurnPromise begin(NotificationId id, @Nullable TurnTask maker) {
        TurnPromise promise = new TurnPromise(Kind.NOTIFICATION, made.size(), now, maker, List.of());
        made.add(promise);
        if (maker != null && maker.isBranch()) {
            maker.begun.add(promise);
        }
        Ending known = early.remove(id);
        if (known == null) {
            expected.put(id, promise);
        } else {
            settle(promise, known, now);
        }
        return promise;
    }

    // -- notifications

    private void consume() {
        if (notifications.isEmpty()) {
            throw new Stuck();
        }
        Notification next = notifications.removeFirst();
        if (next.id().equals(SignalIndex.CANCEL)) {
            cancelInvocation();
        } else {
            take(next);
        }
    }

    private void take(Notification notification) {
        now++;
        Ending ending = switch (notification.result()) {
            case Result.Value(var json) -> new Ending.Value(json.utf8().replace("\"", ""));
            case Result.Failed(var failure) ->
                new Ending.Failed(new TerminalException(failure.code(), failure.message()));
            case Result.InvocationIdValue(String id) -> new Ending.Value(id);
            case Result other -> new Ending.Value("");
        };
        TurnPromise promise = expected.remove(notification.id());
        if (promise == null) {
            early.putIfAbsent(notification.id(), ending);
        } else if (!promise.isOver()) {
            settle(promise, ending, now);
        }
        if (notification.id() instanceof CompletionId id && givenUp.containsKey(id)) {
            cancelCall(givenUp.remove(id));
        }
    }

    private void takeOnly(Call call) {
        while (!call.id.isOver()) {
            Notification found = notifications.stream()
                    .filter(notification -> notification.id().equals(call.idKey))
                    .findFirst()
                    .orElseThrow(Stuck::new);
            notifications.remove(found);
            take(found);
        }
    }

    // -- commands

    TurnPromise run(String name) {
        CompletionId id = new CompletionId(++completions);
        commands.add("run " + id.id() + " " + name);
        TurnPromise promise = begin(id, current);
        promise.mustBeSeen = true;
        return promise;
    }

    TurnPromise sleep(String name) {
        CompletionId id = new CompletionId(++completions);
        commands.add("sleep " + id.id() + " " + name);
        return begin(id, current);
    }

    TurnPromise awakeable() {
        return begin(new SignalIndex(++awakeables), current);
    }

    TurnPromise call(String handlerName, String argument) {
        CompletionId idKey = new CompletionId(++completions);
        CompletionId result = new CompletionId(++completions);
        commands.add("call " + idKey.id() + " " + result.id() + " " + handlerName + " " + argument);
        callsSinceCancel.add(idKey);
        calls.put(idKey, new Call(begin(idKey, null), idKey));
        TurnPromise promise = begin(result, current);
        promise.givingUp = () -> giveUpCall(idKey);
        return promise;
    }

    private void giveUpCall(CompletionId idKey) {
        Call call = calls.remove(idKey);
        if (call == null) {
            return;
        }
        if (call.id.isOver()) {
            cancelCall(call);
        } else {
            givenUp.put(idKey, call);
        }
    }

    private void cancelCall(Call call) {
        commands.add("cancel " + (call.id.ending instanceof Ending.Value(String id) ? id : "nothing"));
    }

    TurnPromise fork(Runnable code, @Nullable Runnable whenSettled) {
        TurnTask task = new TurnTask(current);
        TurnPromise promise = new TurnPromise(Kind.BRANCH, made.size(), now, current, List.of());
        made.add(promise);
        if (current.isBranch()) {
            current.begun.add(promise);
        }
        promise.branch = task;
        promise.mustBeSeen = true;
        promise.givingUp = () -> giveUpBranch(task);
        promise.whenSettled = whenSettled;
        task.promise = promise;
        task.code = code;
        enqueue(task, fault == Fault.FORK_FIRST);
        return promise;
    }

    /** A branch's code has ended. */
    void branchEnds(TurnTask task, Ending ending) {
        TurnPromise promise = Objects.requireNonNull(task.promise);
        settleNow(promise, ending);
        task.end();
        if (task.end != null) {
            settleNow(task.end, new Ending.Value(""));
        }
    }

    private TurnPromise endOf(TurnTask task) {
        if (task.end == null) {
            task.end = new TurnPromise(Kind.END_OF_BRANCH, made.size(), now, null, List.of());
            task.end.branch = task;
            made.add(task.end);
        }
        return task.end;
    }

    // -- cancelling

    private void cancelInvocation() {
        cancelCalls();
        cancelTasks();
    }

    private void cancelCalls() {
        List<Call> all = new ArrayList<>();
        for (CompletionId id : List.copyOf(callsSinceCancel)) {
            Call call = calls.remove(id);
            if (call != null) {
                takeOnly(call);
                all.add(call);
            }
        }
        callsSinceCancel.clear();
        if (fault == Fault.CALLS_BACKWARDS) {
            Collections.reverse(all);
        }
        all.forEach(this::cancelCall);
    }

    private void cancelTasks() {
        List<TurnTask> all = tasks();
        if (fault == Fault.PARENTS_FIRST) {
            all.sort(TurnTask.FORK_ORDER);
        }
        all.forEach(this::cancel);
    }

    // -- ending

    /** The handler's code has ended. */
    void handlerEnds(Ending ending) {
        if (ending instanceof Ending.Value) {
            awaitUnseen(new ArrayList<>(), first -> {
                if (first == null) {
                    cancelAndAwaitBranches(() -> awaitUnseen(
                            new ArrayList<>(), second -> output(second == null ? ending : new Ending.Failed(second))));
                } else {
                    output(new Ending.Failed(first));
                }
            });
        } else {
            output(ending);
        }
    }

    private void output(Ending ending) {
        cancelAndAwaitBranches(() -> {
            List.copyOf(givenUp.values()).forEach(this::takeOnly);
            handler.hasEnded = true;
            commands.add(
                    switch (ending) {
                        case Ending.Value(String text) -> "output " + text;
                        case Ending.Failed(TerminalException reason) ->
                            "output " + reason.code() + " " + reason.getMessage();
                        case Ending.Refused refused -> throw new IllegalStateException(refused.toString());
                    });
        });
    }

    private void awaitUnseen(List<TurnPromise> all, Consumer<@Nullable TerminalException> then) {
        List<TurnPromise> unseen = made.stream()
                .filter(promise -> promise.mustBeSeen && !promise.observed && fault != Fault.UNSEEN_DROPPED)
                .filter(promise -> {
                    TurnTask maker = Objects.requireNonNull(promise.maker);
                    return !maker.isBranch() || maker.hasEnded;
                })
                .toList();
        if (unseen.isEmpty()) {
            then.accept(all.stream()
                    .filter(promise -> !promise.succeeded())
                    .min(Comparator.comparingLong(promise -> promise.settledAt))
                    .map(TurnPromise::reason)
                    .orElse(null));
            return;
        }
        all.addAll(unseen);
        await(handler, settled(unseen), ending -> {
            if (ending instanceof Ending.Failed(TerminalException cancelled)) {
                cancelAll(unseen);
                then.accept(cancelled);
            } else {
                awaitUnseen(all, then);
            }
        });
    }

    private void cancelAndAwaitBranches(Runnable then) {
        handler.below().forEach(task -> cancelAll(List.of(Objects.requireNonNull(task.promise))));
        awaitAllEnds(then);
    }

    private void awaitAllEnds(Runnable then) {
        if (handler.branches.isEmpty()) {
            then.run();
        } else {
            List<TurnPromise> ends = handler.below().stream().map(this::endOf).toList();
            await(handler, settled(ends), any -> awaitAllEnds(then));
        }
    }

    /** Waits until branches have ended; tells of a cancellation that came meanwhile, or why it cannot wait. */
    void awaitEnds(
            TurnTask task, List<TurnPromise> branches, @Nullable Ending failure, Consumer<@Nullable Ending> then) {
        List<TurnPromise> ends = branches.stream()
                .map(promise -> Objects.requireNonNull(promise.branch))
                .filter(branch -> !branch.hasEnded)
                .map(this::endOf)
                .toList();
        if (ends.isEmpty()) {
            then.accept(failure);
            return;
        }
        await(task, settled(ends), ending -> {
            if (ending instanceof Ending.Refused) {
                then.accept(ending);
            } else {
                awaitEnds(task, branches, ending instanceof Ending.Failed ? ending : failure, then);
            }
        });
    }
}
