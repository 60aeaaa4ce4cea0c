package dev.reprise.engine.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.log.Log;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.LogReader;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.ProtocolMode;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two processors on one log: the one whose announcement is in force leads. */
class LeadershipTest {
    private final MemoryLog log = new MemoryLog();
    private final Registry registry = new Registry(RegistryStore.NONE);
    private long runs;

    /** Remembers which streams are open. */
    private static final class OpenStreams implements DeploymentTransport {
        private final List<AttemptStream> open = new ArrayList<>();

        @Override
        public AttemptStream open(AttemptHead head, AttemptListener listener) {
            AttemptStream stream = new AttemptStream() {
                @Override
                public void send(List<RawMessage> messages) {}

                @Override
                public void closeInput() {}

                @Override
                public void abort() {
                    open.remove(this);
                }
            };
            open.add(stream);
            return stream;
        }
    }

    /** Appends a record only when the next one comes, or when it is told to. */
    private final class HesitantLog implements Log {
        private @Nullable Runnable next;

        @Override
        public void append(int partition, long appendTimeMillis, Bytes payload, Urgency urgency) {
            release();
            next = () -> log.append(partition, appendTimeMillis, payload, urgency);
        }

        void release() {
            Runnable held = next;
            next = null;
            if (held != null) {
                held.run();
            }
        }

        @Override
        public LogReader open(int partition, long afterLsn, Runnable onRecords) {
            return log.open(partition, afterLsn, onRecords);
        }

        @Override
        public void trim(int partition, long upToLsnInclusive) {
            log.trim(partition, upToLsnInclusive);
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private PartitionProcessor processor(DeploymentTransport transport) {
        return processor(transport, log);
    }

    private PartitionProcessor processor(DeploymentTransport transport, Log of) {
        long run = ++runs;
        CallResolver calls = new CallResolver(registry, EngineConfig.DEFAULT, InstantSource.system(), new Random(1));
        PartitionTables tables = new PartitionTables(new MemoryStore().partition(0));
        return new PartitionProcessor(
                0,
                of,
                new PartitionStateMachine(0, new Partitioning(1)),
                tables,
                proposals ->
                        new Invoker(EngineConfig.DEFAULT, registry, calls, transport, proposals, tables, new Random(1)),
                new PartitionProcessor.Ports() {
                    @Override
                    public long run() {
                        return run;
                    }

                    @Override
                    public void send(int partition, PartitionRecord record) {}

                    @Override
                    public void respond(RequestId request, Response response) {}
                },
                InstantSource.system(),
                () -> {});
    }

    private static void pollAll(PartitionProcessor processor) {
        boolean more = true;
        while (more || !processor.leads()) {
            more = processor.poll();
        }
    }

    private static PartitionRecord invoke(CallResolver calls) {
        Call call = new Call("Greeter", null, "greet", Bytes.EMPTY, List.of(), null, null, null, 0, null);
        return new PartitionRecord.Invoke(calls.resolve(call, Origin.Client.INSTANCE, null, null));
    }

    @Test
    void leader_anotherAnnouncesItself_endsItsAttemptsAndStartsNoMore() {
        HandlerManifest greet = HandlerManifest.of("greet", null, null, null);
        registry.register(new Deployment(
                new DeploymentId(0, 1),
                new DeploymentEndpoint.InProcess(),
                new EndpointManifest(
                        ProtocolMode.BIDI_STREAM,
                        5,
                        7,
                        List.of(ServiceManifest.of("Greeter", ServiceType.SERVICE, List.of(greet))),
                        null),
                null,
                Map.of(),
                0));
        CallResolver calls = new CallResolver(registry, EngineConfig.DEFAULT, InstantSource.system(), new Random(2));
        OpenStreams oldStreams = new OpenStreams();
        OpenStreams newStreams = new OpenStreams();
        PartitionProcessor older = processor(oldStreams);
        pollAll(older);
        older.propose(invoke(calls), Urgency.NOW);
        pollAll(older);
        assertThat(oldStreams.open).hasSize(1);

        PartitionProcessor newer = processor(newStreams);
        pollAll(newer);
        newer.propose(invoke(calls), Urgency.NOW);
        pollAll(newer);
        assertThat(newStreams.open).hasSize(2);

        while (older.poll()) {
            // It reads the other's announcement, and what came behind it.
        }
        assertThat(older.leads()).isFalse();
        assertThat(oldStreams.open).isEmpty();
    }

    @Test
    void leaders_thatAnnounceThemselvesAtOnce_neverLeadInOneEpoch() {
        HesitantLog hesitant = new HesitantLog();
        PartitionProcessor first = processor(new OpenStreams(), hesitant);
        PartitionProcessor second = processor(new OpenStreams());
        first.poll();
        pollAll(second);
        hesitant.release();

        first.poll();
        assertThat(first.leads()).as("its announcement is void").isFalse();
        second.poll();
        assertThat(second.leads()).isTrue();
        assertThat(second.tables().epoch()).isEqualTo(1);

        first.poll();
        hesitant.release();
        first.poll();
        assertThat(first.leads()).isTrue();
        assertThat(first.tables().epoch()).isEqualTo(3);
        second.poll();
        assertThat(second.leads()).isFalse();
    }

    @Test
    void announcement_thatComesLate_deposesNobody() {
        PartitionProcessor leader = processor(new OpenStreams());
        pollAll(leader);

        leader.propose(new PartitionRecord.AnnounceLeader(++runs, 0), Urgency.NOW);
        while (leader.poll()) {
            // It reads what a node wanted that is gone.
        }
        assertThat(leader.leads()).isTrue();
    }
}
