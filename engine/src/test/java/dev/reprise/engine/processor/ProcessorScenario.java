package dev.reprise.engine.processor;

import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.invoker.AttemptViews;
import dev.reprise.engine.invoker.Invoker;
import dev.reprise.engine.invoker.Proposals;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.log.memory.MemoryLog;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.machine.Names;
import dev.reprise.engine.partition.machine.PartitionStateMachine;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.partition.machine.ScenarioParser;
import dev.reprise.engine.partition.machine.ScenarioPrinter;
import dev.reprise.engine.partition.machine.Words;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.engine.response.Response;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.id.InvocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * Runs a scenario: one partition's wheel with an invoker, turned by hand until it stands still after every line. A line
 * is a comment ({@code #}), empty, or something that happens:
 *
 * <pre>
 * config partitions=1 attempts=2 inactivity=60s abort=10s tries=3 then=KILL interval=1s max=60s state=1000
 * deploy dp1 V7 Trips/plan                  a deployment of one service and its handler
 * invoke inv1 Trips/plan [argument]         a client calls; the other records are as in the partition's scenarios
 * inv1 Run 1                                the latest attempt says this; inv1#1 for an earlier one
 * time 5s                                   so much later
 * late inv1 Run 1                           this too, but the wheel does not turn yet
 * restart                                   the node dies, and comes back with its log and its store
 * view inv1                                 what people see of it
 * events inv1                               its journal events
 * </pre>
 *
 * <p>Indented lines are what was seen from outside.
 */
final class ProcessorScenario {
    private final Names names = new Names();
    private final ScenarioPrinter printer = new ScenarioPrinter(names);
    private final List<String> seen = new ArrayList<>();
    private final ScriptedTransport transport = new ScriptedTransport(names, seen::add);
    private final ScriptedHandlers handlers = new ScriptedHandlers(names, transport);
    private final MemoryLog log = new MemoryLog();
    private final MemoryStore store = new MemoryStore();
    private final Registry registry = new Registry(RegistryStore.NONE);
    private final TreeMap<String, ResponseRegistry.Waiting> clients = new TreeMap<>();
    private final StringBuilder out = new StringBuilder();

    private EngineConfig config = EngineConfig.builder()
            .retryPolicy(new RetryPolicy(
                    Duration.ofSeconds(1), 2, Duration.ofSeconds(10), 0, RetryPolicyOnMaxAttempts.PAUSE))
            .build();
    private long nowMillis;
    private int runs;
    private Node node = new Node();

    private ProcessorScenario() {
        turn();
    }

    /** One run of the node. */
    private final class Node {
        private final PartitionTables tables = new PartitionTables(store.partition(0));
        private final ScenarioParser parser = new ScenarioParser(names, tables);
        private final ResponseRegistry responses = new ResponseRegistry(++runs);
        private final List<AttemptViews> views = new ArrayList<>();
        private final PartitionProcessor processor = new PartitionProcessor(
                0,
                log,
                new PartitionStateMachine(0, new Partitioning(config.partitions())),
                tables,
                this::invoker,
                new PartitionProcessor.Ports() {
                    @Override
                    public long run() {
                        return responses.run();
                    }

                    @Override
                    public void send(int partition, PartitionRecord record) {
                        seen.add("to partition " + partition + ": " + sent(record));
                    }

                    @Override
                    public void respond(RequestId request, Response response) {
                        responses.respond(request, response);
                    }
                },
                () -> Instant.ofEpochMilli(nowMillis),
                () -> {});

        private Invoker invoker(Proposals proposals) {
            CallResolver calls =
                    new CallResolver(registry, config, () -> Instant.ofEpochMilli(nowMillis), new Random(1));
            Invoker invoker = new Invoker(config, registry, calls, transport, proposals, tables, () -> 0);
            views.add(invoker.views());
            return invoker;
        }
    }

    /** The text with what really happened below each line. */
    static String run(String text) {
        ProcessorScenario scenario = new ProcessorScenario();
        text.lines().filter(line -> !line.startsWith("  ")).forEach(scenario::line);
        return scenario.out.toString();
    }

    private void line(String line) {
        out.append(line).append('\n');
        if (!line.isBlank() && !line.startsWith("#")) {
            Words words = new Words(Arrays.asList(line.trim().split("\\s+", -1)));
            if (words.takes("late")) {
                perform(words);
            } else {
                perform(words);
                turn();
            }
            seen.forEach(what -> out.append("  ").append(what).append('\n'));
            seen.clear();
        }
    }

    private void perform(Words w) {
        String what = w.next();
        switch (what) {
            case "config" -> configure(w);
            case "deploy" -> registry.register(handlers.deployment(w));
            case "time" -> nowMillis += Names.millis(w.next());
            case "restart" -> restart();
            case "view" -> view(names.invocation(w.next()));
            case "events" -> events(names.invocation(w.next()));
            case "invoke" -> invoke(w);
            case "record" -> node.processor.propose(node.parser.record(w), Urgency.NOW);
            default -> handlers.say(what, w);
        }
    }

    private void restart() {
        node.processor.close();
        clients.clear();
        node = new Node();
    }

    /** What a wheel does before it stands still is bounded: a scenario that turns for ever is a fault. */
    private void turn() {
        int turns = 0;
        int still = 0;
        while (still < 2) {
            still = node.processor.poll() ? 0 : still + 1;
            if (turns++ > 10_000) {
                throw new AssertionError("the wheel does not come to a stand");
            }
        }
        clients.entrySet().removeIf(client -> {
            boolean done = client.getValue().response().isDone();
            if (done) {
                Response response = client.getValue().response().join();
                seen.add(client.getKey() + " is told " + printer.response(response));
            }
            return done;
        });
    }

    private void configure(Words w) {
        RetryPolicy retries = new RetryPolicy(
                Duration.ofMillis(Names.millis(w.option("interval", "1s"))),
                2,
                Duration.ofMillis(Names.millis(w.option("max", "10s"))),
                Integer.parseInt(w.option("tries", "0")),
                RetryPolicyOnMaxAttempts.valueOf(w.option("then", "PAUSE")));
        config = EngineConfig.builder()
                .partitions(Integer.parseInt(w.option("partitions", "1")))
                .attemptsMax(Integer.parseInt(w.option("attempts", "100")))
                .inactivityTimeout(Duration.ofMillis(Names.millis(w.option("inactivity", "60s"))))
                .abortTimeout(Duration.ofMillis(Names.millis(w.option("abort", "600s"))))
                .eagerStateBytesMax(Long.parseLong(w.option("state", "1000000")))
                .retryPolicy(retries)
                .build();
        restart();
    }

    private String sent(PartitionRecord record) {
        return record instanceof PartitionRecord.FromPartition from
                ? "#" + from.sequence() + " " + printer.record(from.record())
                : printer.record(record);
    }

    private void invoke(Words w) {
        String client = w.option("by", "client");
        InvocationRequest q = ((PartitionRecord.Invoke) node.parser.record(invocation(w))).request();
        ResponseRegistry.Waiting waiting = node.responses.newRequest();
        node.responses.expect(0, waiting);
        clients.put(client, waiting);
        node.processor.propose(
                new PartitionRecord.Invoke(new InvocationRequest(
                        q.id(),
                        q.target(),
                        q.argument(),
                        q.headers(),
                        q.idempotencyKey(),
                        q.scope(),
                        q.limitKey(),
                        q.executionTimeMillis() == 0 ? 0 : nowMillis + q.executionTimeMillis(),
                        q.completionRetentionMillis(),
                        q.journalRetentionMillis(),
                        q.randomSeed(),
                        q.origin(),
                        new ResponseSink.Client(waiting.id()),
                        null)),
                Urgency.NOW);
    }

    private static Words invocation(Words w) {
        w.rest().addFirst("Invoke");
        return w;
    }

    private void view(InvocationId id) {
        seen.add(node.views.getFirst().get(id).map(this::text).orElse("nothing"));
    }

    private String text(AttemptView view) {
        return (view.inFlight() ? "in flight" : "waiting")
                + " attempts=" + view.retryCount()
                + (view.deployment() == null ? "" : " on " + Names.of(view.deployment()))
                + " started=" + Names.time(view.lastStartMillis())
                + (view.nextRetryMillis() == 0 ? "" : " next=" + Names.time(view.nextRetryMillis()))
                + (view.lastFailure() == null ? "" : " " + ScenarioPrinter.event(view.lastFailure()))
                + (view.awaitingOn() == null ? "" : " awaiting " + ScenarioPrinter.tree(view.awaitingOn()));
    }

    private void events(InvocationId id) {
        PartitionReads.of(store.partition(0))
                .forEachEvent(
                        id,
                        event -> seen.add(
                                Names.time(event.appendTimeMillis()) + " " + ScenarioPrinter.event(event.event())));
    }
}
