package dev.reprise.endpoint.replay;

import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.handler.JournalReplay;
import dev.reprise.sdk.handler.JournalReplay.Outcome;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An invocation as its server tells of it.
 *
 * @param id its id
 * @param service the name of the service
 * @param handler the name of the handler
 * @param key the object's or workflow's key; empty for a service
 * @param version in which its journal is recorded; null if no attempt of it has begun
 * @param randomSeed the seed of its random numbers; empty if it is not known
 * @param scope the scope it was called in
 * @param limitKey the limit key it was called with
 * @param idempotencyKey the idempotency key it was called with
 */
record ReplayedInvocation(
        InvocationId id,
        String service,
        String handler,
        String key,
        @Nullable ProtocolVersion version,
        OptionalLong randomSeed,
        @Nullable String scope,
        @Nullable String limitKey,
        @Nullable String idempotencyKey) {
    /** What is known of an invocation and the new code. */
    enum Finding {
        FINE,
        DIVERGES,
        UNKNOWN
    }

    /** A finding, and what there is to say about it; that may have several lines. */
    record Verdict(Finding finding, String text) {}

    /** Runs the new code against the journal. */
    Verdict replay(ServiceDefinition definition, List<RawMessage> journal, Duration timeout)
            throws InterruptedException {
        Optional<HandlerDefinition> found = definition.handler(handler);
        if (found.isEmpty()) {
            return new Verdict(Finding.DIVERGES, "the service has no handler '" + handler + "' any more");
        }
        if (version == null || journal.isEmpty()) {
            return new Verdict(Finding.FINE, "");
        }
        Outcome outcome =
                new JournalReplay(definition, found.get(), version).run(start(journal.size()), journal, timeout);
        Verdict verdict = verdict(outcome);
        boolean byChance = outcome.drewRandom() && !isSeedKnown();
        return verdict.finding() == Finding.DIVERGES && byChance
                ? new Verdict(Finding.UNKNOWN, "the seed of its random numbers is not known. " + verdict.text())
                : verdict;
    }

    /** Before version 6 the seed follows from the id. */
    private boolean isSeedKnown() {
        return version == ProtocolVersion.V5 || randomSeed.isPresent();
    }

    private static Verdict verdict(Outcome outcome) {
        return switch (outcome.ending()) {
            case REPEATED -> new Verdict(Finding.FINE, "");
            case MISMATCHED -> new Verdict(Finding.DIVERGES, outcome.text());
            case FAILED_WITHIN ->
                new Verdict(Finding.DIVERGES, "the handler fails before the journal's end: " + outcome.text());
            case FAILED_BEHIND ->
                new Verdict(Finding.UNKNOWN, "the handler fails behind the last recorded command: " + outcome.text());
            case UNREADABLE, UNENDED -> new Verdict(Finding.UNKNOWN, outcome.text());
        };
    }

    private Start start(int entries) {
        return new Start(
                id.toBytes(),
                id.toString(),
                entries,
                List.of(),
                true,
                key,
                0,
                0,
                randomSeed.orElse(0),
                scope,
                limitKey,
                idempotencyKey);
    }

    /** Its service, key, handler and id. */
    @Override
    public String toString() {
        return service + (key.isEmpty() ? "" : "/" + key) + "/" + handler + " " + id;
    }
}
