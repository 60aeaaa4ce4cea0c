package dev.reprise.sdk.closure;

import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.time.Millis;
import dev.reprise.protocol.time.TimeSource;
import dev.reprise.sdk.closure.RunMemory.Executions;
import dev.reprise.sdk.closure.RunMemory.Known;
import dev.reprise.sdk.vm.InvocationStart;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often the runs of an attempt have been executed, in this attempt and in earlier ones: what the process remembers
 * and, beyond that, what the engine has counted. The engine counts attempts. Its number is attributed to the run whose
 * error it received last, if that is known here, otherwise to every recorded run without a result.
 *
 * <p>Used only by the handler's thread.
 */
public final class RunTries {
    /** A run without a result. */
    private static final class Tried {
        /** Whether the journal contained its command, so that an earlier attempt may have executed it. */
        private final boolean recorded;

        private long startMillis;
        private int executions;

        Tried(boolean recorded, long nowMillis) {
            this.recorded = recorded;
            this.startMillis = nowMillis;
        }
    }

    private final InvocationStateMachine machine;
    private final RunMemory memory;
    private final TimeSource clock;
    private final Map<CompletionId, Tried> tried = new HashMap<>();
    private int lastIssued;
    private boolean recalled;
    private @Nullable Known known;
    private @Nullable CompletionId blamed;

    /** For the attempt of {@code machine}, with what {@code memory} knows about earlier ones. */
    public RunTries(InvocationStateMachine machine, RunMemory memory, TimeSource clock) {
        this.machine = machine;
        this.memory = memory;
        this.clock = clock;
    }

    /** The handler has reached a run. */
    void issued(CompletionId run) {
        lastIssued = run.id();
    }

    /** The journal does not contain the result of this run. */
    void announced(CompletionId run, boolean recorded) {
        tried.put(run, new Tried(recorded, clock.steadyMillis()));
    }

    /** Its closure is now executed. */
    void started(CompletionId run) {
        Tried entry = tried.get(run);
        if (entry != null) {
            if (entry.executions++ == 0) {
                entry.startMillis = clock.steadyMillis();
            }
        }
    }

    /** Its closure was not executed after all, and will not be unless it is started again. */
    void dropped(CompletionId run) {
        Tried entry = tried.get(run);
        if (entry != null) {
            entry.executions--;
        }
    }

    /** It has a result. */
    void finished(NotificationId run) {
        if (!tried.isEmpty() && run instanceof CompletionId) {
            tried.remove(run);
        }
    }

    /** All executions of an announced run, including those of this attempt. */
    Executions of(CompletionId run) {
        Tried entry = tried.get(run);
        if (entry == null) {
            throw new IllegalStateException("run " + run + " was not announced");
        }
        Executions before = entry.recorded ? before(run, entry) : new Executions(0, entry.startMillis);
        return new Executions(before.count() + entry.executions, before.firstMillis());
    }

    private Executions before(CompletionId run, Tried entry) {
        InvocationStart invocation = machine.invocation();
        int counted = invocation.retryCountSinceLastStoredEntry();
        Known recollection = known();
        boolean counts = recollection == null
                || recollection.blamed() == null
                || recollection.blamed().equals(run);
        int elsewhere = counts ? Math.max(0, counted - (recollection == null ? 0 : recollection.failures())) : 0;
        Executions here = recollection == null ? null : recollection.runs().get(run);
        if (here != null) {
            return new Executions(here.count() + elsewhere, here.firstMillis());
        }
        long agoMillis = elsewhere == 0 ? 0 : Millis.ofUnsigned(invocation.durationSinceLastStoredEntryMillis());
        return new Executions(elsewhere, entry.startMillis - agoMillis);
    }

    /** What was known when the attempt began; looked up only when needed. */
    private @Nullable Known known() {
        if (!recalled) {
            recalled = true;
            known = memory.find(machine.invocation().id());
        }
        return known;
    }

    /** The number of this attempt, from 1, counted since an attempt made progress by writing a new command. */
    public int attempt() {
        return machine.hasWrittenCommand() ? 1 : 1 + machine.invocation().retryCountSinceLastStoredEntry();
    }

    /** The engine hears that the attempt fails because of this run. */
    void blame(CompletionId run) {
        blamed = run;
    }

    /** How often a run was executed in this attempt alone. */
    int inThisAttempt(CompletionId run) {
        Tried entry = tried.get(run);
        return entry == null ? 0 : entry.executions;
    }

    /** The invocation has ended or waits for something, so there is nothing more to count. */
    public void concluded() {
        memory.forget(machine.invocation().id());
    }

    /**
     * The attempt failed, or was cut off.
     *
     * @param reported whether the engine received the failure, and so has stored the commands of this attempt
     */
    public void failed(boolean reported) {
        Map<CompletionId, Executions> runs = new LinkedHashMap<>();
        Known recollection = known();
        if (recollection != null) {
            recollection.runs().forEach((run, executions) -> {
                if (run.id() > lastIssued) {
                    runs.put(run, executions);
                }
            });
        }
        tried.keySet().forEach(run -> runs.put(run, of(run)));
        if (!runs.isEmpty()) {
            boolean stored = reported && machine.hasWrittenCommand();
            int counted = stored ? 0 : machine.invocation().retryCountSinceLastStoredEntry();
            memory.remember(machine.invocation().id(), new Known(counted + 1, blamed, runs));
        } else {
            concluded();
        }
    }
}
