package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.embedded.RecordingStore.Commit;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecordCodec;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.Store;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.ServiceDefinition;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every program of the corpus is cut behind every durable record: an engine that finds only the records up to there
 * must come to the same result, and must not execute a run whose result is among them. It begins with a store that was
 * never flushed, with one that was when there was half of these records, and with one that holds every commit so far;
 * the records that such a store stands for are gone from the log.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashPointTest {
    private record Appended(int partition, long atMillis, Bytes payload) {}

    /** A log that remembers, in order, what was appended. */
    private static final class RecordingLog implements Log {
        private final MemoryLog log = new MemoryLog();
        private final List<Appended> appended = new ArrayList<>();

        @Override
        public synchronized void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
            appended.add(new Appended(partition, appendTimeMillis, payload));
            log.append(partition, appendTimeMillis, payload, urgency);
        }

        @Override
        public LogReader open(int partition, long afterLsn, Runnable onRecords) {
            return log.open(partition, afterLsn, onRecords);
        }

        @Override
        public void trim(int partition, long upToLsnInclusive) {}

        @Override
        public void close() {
            log.close();
        }

        synchronized List<Appended> appended() {
            return List.copyOf(appended);
        }
    }

    static List<String> programs() {
        return Programs.names();
    }

    private final Set<String> executed = ConcurrentHashMap.newKeySet();

    private Engine start(Log log, Store store) {
        List<ServiceDefinition> services = Programs.services(executed::add);
        Registry registry = new Registry(RegistryStore.NONE);
        registry.register(Reprise.deployment(services));
        return Engine.start(
                EngineConfig.builder()
                        .retryPolicy(RetryPolicy.DEFAULT.withIntervals(Duration.ofMillis(10), Duration.ofMillis(100)))
                        .build(),
                new EngineParts(
                        registry,
                        log,
                        store,
                        new InProcessTransport(new InvocationHandler(services)),
                        InstantSource.system(),
                        new SecureRandom()));
    }

    private static Call call(String program) {
        return new Call(Programs.SERVICE, null, program, Bytes.utf8("3"), List.of(), "once", null, null, 0, null);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_cutBehindEveryRecord_endsAlikeAndRepeatsNothingRecorded(String program)
            throws InterruptedException, ExecutionException, TimeoutException {
        RecordingLog log = new RecordingLog();
        RecordingStore store = new RecordingStore();
        Bytes expected;
        try (Engine engine = start(log, store)) {
            expected = value(engine.call(call(program)).get(30, TimeUnit.SECONDS));
        }
        List<Appended> all = log.appended();
        assertThat(store.lastCommits(all.size() / 2)).isNotEmpty();
        for (int cut = 0; cut <= all.size(); cut++) {
            // An LSN is the number of records up to there.
            Set<Map<Integer, Commit>> stores = new LinkedHashSet<>();
            stores.add(Map.of());
            stores.add(store.lastCommits(cut / 2));
            stores.add(store.lastCommits(cut));
            for (Map<Integer, Commit> flushed : stores) {
                assertEndsAlike(program, expected, all.subList(0, cut), flushed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "awaitLimited | in time, then timed out after PT0.005S",
                "cancelled | 409 cancelled",
                "objectQueue | 0,01,012012",
                "sharedHandler | released, held until reason",
                "signals | one before two",
                "state | []-- [note, tokens]firstt [note]first- []--"
                        + " [note]first is left- [note, tokens]secondt [note]second- []--",
                "timeoutThatIsNotReached | in time",
                "workflow | nobody, then Ada; prepared, a trip approved by Ada"
            })
    void program_notCut_answers(String program, String answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Engine engine = start(new MemoryLog(), new MemoryStore())) {
            assertThat(value(engine.call(call(program)).get(30, TimeUnit.SECONDS))
                            .utf8())
                    .isEqualTo("\"" + answer + "\"");
        }
    }

    private void assertEndsAlike(String program, Bytes expected, List<Appended> durable, Map<Integer, Commit> flushed)
            throws InterruptedException, ExecutionException, TimeoutException {
        String place = program + " cut behind record " + durable.size() + ", the store at LSNs "
                + flushed.values().stream().map(Commit::lsn).toList();
        MemoryLog survivor = new MemoryLog();
        durable.forEach(
                record -> survivor.append(record.partition(), record.atMillis(), record.payload(), Log.Urgency.NOW));
        MemoryStore store = new MemoryStore();
        flushed.values().forEach(commit -> {
            store.partition(commit.partition()).restore(commit.rows());
            survivor.trim(commit.partition(), commit.lsn());
        });
        executed.clear();
        try (Engine engine = start(survivor, store)) {
            // The client that got no answer asks again with its idempotency key.
            Bytes result = value(engine.call(call(program)).get(30, TimeUnit.SECONDS));
            assertThat(result).as(place).isEqualTo(expected);
            assertThat(executed).as(place).doesNotContainAnyElementsOf(recordedRuns(durable));
        }
    }

    private static Bytes value(Response response) {
        assertThat(response).isInstanceOf(Response.Completed.class);
        return ((Response.Completed) response).value();
    }

    /** Invocation and name of the runs whose results are among the records. */
    private static Set<String> recordedRuns(List<Appended> records) {
        Map<String, String> names = new HashMap<>();
        Set<String> recorded = new HashSet<>(Set.of("none"));
        for (Appended record : records) {
            PartitionRecord decoded = PartitionRecordCodec.decode(record.payload());
            if (decoded instanceof PartitionRecord.EntryAppended entry
                    && entry.entry().type() == MessageType.RUN.code()) {
                Command.Run run = (Command.Run) MessageCodec.decode(entry.entry());
                InvocationId id = entry.attempt().invocationId();
                names.put(id + "/" + run.resultCompletionId(), id + " " + run.name());
            } else if (decoded instanceof PartitionRecord.RunProposed run) {
                String name = names.get(run.attempt().invocationId() + "/" + run.completionId());
                recorded.add(String.valueOf(name));
            }
        }
        return recorded;
    }
}
