package dev.reprise.server.query.table;

import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationStatus.Kind;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.KeptResult;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.JournalSummary;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An invocation, with details from elsewhere that are looked up when a column needs them. One thread. */
public final class InvocationRow {
    /* W3C Trace Context, section 3.2: the group is the trace. */
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final StoredInvocation stored;
    private final PartitionReads reads;
    private final Supplier<@Nullable AttemptView> lookUpAttempt;
    private @Nullable JournalSummary journal;
    private @Nullable AttemptView attempt;
    private boolean isAttemptKnown;

    InvocationRow(StoredInvocation stored, PartitionReads reads, Supplier<@Nullable AttemptView> attempt) {
        this.stored = stored;
        this.reads = reads;
        this.lookUpAttempt = attempt;
    }

    InvocationId id() {
        return stored.id();
    }

    InvocationTarget target() {
        return stored.target();
    }

    /** The whole invocation, which costs more than its id, its target and its status. */
    Invocation invocation() {
        return stored.whole();
    }

    /** The journal's summary; null before the invocation has a journal. */
    @Nullable
    JournalSummary journal() {
        if (stored.status() == Kind.SCHEDULED || stored.status() == Kind.INBOXED) {
            return null;
        }
        if (journal == null) {
            journal = reads.journalSummary(id());
        }
        return journal;
    }

    /** The trace that the caller named; null if there is none. */
    @Nullable
    String traceId() {
        var entries = reads.entries(id());
        if (!entries.hasNext()
                || !(MessageCodec.decode(entries.next().entry().message()) instanceof Command.Input input)) {
            return null;
        }
        return input.headers().stream()
                .filter(header -> header.key().equals("traceparent"))
                .map(header -> TRACEPARENT.matcher(header.value()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(null);
    }

    /** What the invoker knows; null if it knows nothing. */
    @Nullable
    AttemptView attempt() {
        if (!isAttemptKnown) {
            attempt = lookUpAttempt.get();
            isAttemptKnown = true;
        }
        return attempt;
    }

    <T> @Nullable T ofAttempt(Function<AttemptView, @Nullable T> value) {
        AttemptView known = attempt();
        return known == null ? null : value.apply(known);
    }

    /** The status as {@code sys_invocation_status} names it. */
    String storedStatus() {
        return switch (stored.status()) {
            case SCHEDULED -> "scheduled";
            case INBOXED -> "inboxed";
            case INVOKED -> "invoked";
            case SUSPENDED -> "suspended";
            case PAUSED -> "paused";
            case COMPLETED -> "completed";
        };
    }

    /**
     * The status as {@code sys_invocation} names it, which also distinguishes what the invoker does with an invoked
     * one.
     */
    String status() {
        return switch (stored.status()) {
            case INBOXED -> "pending";
            case INVOKED -> invokedStatus();
            case SCHEDULED, SUSPENDED, PAUSED, COMPLETED -> storedStatus();
        };
    }

    private String invokedStatus() {
        AttemptView known = attempt();
        if (known == null) {
            return "ready";
        }
        return known.inFlight() ? "running" : known.retryCount() > 0 ? "backing-off" : "ready";
    }

    @Nullable
    String completionResult() {
        if (!(invocation().status() instanceof InvocationStatus.Completed(KeptResult result))) {
            return null;
        }
        return result instanceof KeptResult.Inline(Result.Failed _) ? "failure" : "success";
    }

    @Nullable
    String completionFailure() {
        return invocation().status()
                        instanceof InvocationStatus.Completed(KeptResult.Inline(Result.Failed(var failure)))
                ? "[" + failure.code() + "] " + failure.message()
                : null;
    }

    String invokedBy() {
        return switch (invocation().request().origin()) {
            case Origin.Client _ -> "ingress";
            case Origin.Caller _ -> "service";
            case Origin.Restart _ -> "restart_as_new";
        };
    }

    <T> @Nullable T ofCaller(Function<Origin.Caller, T> value) {
        return invocation().request().origin() instanceof Origin.Caller caller ? value.apply(caller) : null;
    }
}
