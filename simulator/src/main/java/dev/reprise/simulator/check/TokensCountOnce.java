package dev.reprise.simulator.check;

import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.simulator.program.CallOperations;
import dev.reprise.simulator.program.Services;
import dev.reprise.simulator.world.SimulationFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every token that was added to a box is in it once; at most once if its invocation was cancelled or killed. Each
 * addition reads, waits and writes, so all of them must have run one after the other.
 */
public final class TokensCountOnce implements Check {
    private static final Pattern TOKEN = Pattern.compile("\"([^\"]*)\"");

    private final Families families;
    /** Tokens by box. */
    private final Map<String, Map<String, InvocationId>> wanted = new HashMap<>();

    public TokensCountOnce(Families families) {
        this.families = families;
    }

    @Override
    public void applied(Replica.Applied applied) {
        if (applied.counts()) {
            note(applied.record());
        }
    }

    private void note(PartitionRecord record) {
        switch (record) {
            case PartitionRecord.FromPartition message -> note(message.record());
            case PartitionRecord.Invoke invoke -> wanted(invoke.request());
            case PartitionRecord.EntryAppended entry -> {
                if (entry.call() != null) {
                    wanted(entry.call());
                }
            }
            default -> {}
        }
    }

    private void wanted(InvocationRequest request) {
        String key = request.target().key();
        if (key != null && request.target().handler().equals(Services.ADD)) {
            wanted.computeIfAbsent(key, _ -> new HashMap<>())
                    .put(CallOperations.text(request.argument()), request.id());
        }
    }

    @Override
    public void ended(Replica replica) {
        replica.reads().forEachHeldObject(held -> {
            throw new SimulationFailure(held + " although everything has ended");
        });
        replica.reads().forEachState(row -> {
            if (row.stateKey().utf8().equals(Services.TOKENS_NAME)) {
                check(row.key(), row.value().utf8());
            }
            return true;
        });
    }

    private void check(String box, String tokens) {
        Set<String> found = new HashSet<>();
        Matcher matcher = TOKEN.matcher(tokens);
        Map<String, InvocationId> wantedHere = wanted.getOrDefault(box, Map.of());
        while (matcher.find()) {
            if (!found.add(matcher.group(1)) || !wantedHere.containsKey(matcher.group(1))) {
                throw new SimulationFailure(box + " holds " + matcher.group(1) + " twice, or nobody added it");
            }
        }
        wantedHere.forEach((token, id) -> {
            if (!found.contains(token) && !families.isDisturbed(id)) {
                throw new SimulationFailure(box + " lacks " + token + " of " + id);
            }
        });
    }
}
