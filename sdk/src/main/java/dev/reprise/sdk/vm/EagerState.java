package dev.reprise.sdk.vm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.Result;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this attempt knows about the object's state without asking: the values that came with the start, changed by the
 * handler's own writes and clears. Partial as long as a key that is unknown here may exist.
 */
final class EagerState {
    /** A value, or {@link Result.Empty} for a key known to be absent. */
    private final Map<Bytes, Result> known = new TreeMap<>();

    private boolean isPartial;

    EagerState(Start start) {
        isPartial = start.partialState();
        for (StateEntry entry : start.stateMap()) {
            set(entry.key(), entry.value());
        }
    }

    /** {@link Result.Value} or {@link Result.Empty}; empty when only the engine knows. */
    Optional<Result> get(Bytes key) {
        Result answer = known.get(key);
        return answer == null && !isPartial ? Optional.of(Result.Empty.INSTANCE) : Optional.ofNullable(answer);
    }

    /** All keys in the order of their bytes; empty when only the engine knows. */
    Optional<Result.StateKeys> keys() {
        if (isPartial) {
            return Optional.empty();
        }
        return Optional.of(new Result.StateKeys(known.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Result.Value)
                .map(Map.Entry::getKey)
                .toList()));
    }

    void set(Bytes key, Bytes value) {
        known.put(key, new Result.Value(value));
    }

    void clear(Bytes key) {
        known.put(key, Result.Empty.INSTANCE);
    }

    void clearAll() {
        known.clear();
        isPartial = false;
    }
}
