package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.AwaitedCodec;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws records that make sense more often than not: few invocations, few objects, few completion ids, small times. */
public final class RandomRecords {
    private static final int INVOCATIONS = 10;
    private static final int COMPLETIONS = 8;

    private final Random random;

    public RandomRecords(Random random) {
        this.random = random;
    }

    /** A record for the partition that {@code tables} hold. */
    public PartitionRecord next(int partition, PartitionTables tables, long timeMillis) {
        return switch (random.nextInt(31)) {
            case 0, 1, 2, 3 -> new PartitionRecord.Invoke(request(id(partition), timeMillis, sink()));
            case 4 -> new PartitionRecord.AnnounceLeader(0, tables.epoch() - random.nextInt(2));
            case 5 -> new PartitionRecord.CancelRequested(id(partition), request());
            case 6 -> new PartitionRecord.KillRequested(id(partition), request());
            case 7 -> new PartitionRecord.PurgeRequested(id(partition), random.nextBoolean(), request());
            case 8 -> new PartitionRecord.PauseRequested(id(partition), request());
            case 9 -> new PartitionRecord.ResumeRequested(id(partition), choice(), request());
            case 10 -> new PartitionRecord.AttachRequested(id(partition), sink(), true);
            case 11 -> new PartitionRecord.SignalSent(id(partition), signal(), result(), request());
            case 12 ->
                new PartitionRecord.CompletionArrived(
                        id(partition), completion(), MessageType.CALL_COMPLETION, value());
            case 13 -> modifyState();
            case 14, 15, 16 -> new PartitionRecord.TimerFired(timer(tables));
            case 17 -> new PartitionRecord.OutboxDelivered(random.nextInt(200));
            case 18 -> restart(id(partition));
            case 19 -> withdrawn(id(partition), tables);
            default -> fromAttempt(attempt(partition, tables), timeMillis);
        };
    }

    private static PartitionRecord withdrawn(InvocationId id, PartitionTables tables) {
        RequestId gone = tables.invocations().get(id).stream()
                .flatMap(invocation -> invocation.waiting().stream())
                .filter(ResponseSink.Client.class::isInstance)
                .map(sink -> ((ResponseSink.Client) sink).requestId())
                .findFirst()
                .orElse(new RequestId(1, 1));
        return new PartitionRecord.AttachWithdrawn(id, gone);
    }

    private PartitionRecord fromAttempt(AttemptId attempt, long timeMillis) {
        PartitionRecord.FromAttempt said = said(attempt, timeMillis);
        return random.nextInt(5) > 0 ? said : new PartitionRecord.SaidAfterWaiting(waits(timeMillis), said);
    }

    private List<PartitionRecord.Wait> waits(long timeMillis) {
        return IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(
                        i -> new PartitionRecord.Wait(AwaitedCodec.encode(awaited(2)), timeMillis - random.nextInt(50)))
                .toList();
    }

    private Awaited awaited(int depth) {
        return depth == 0
                ? new Awaited.One(new NotificationId.CompletionId(completion()))
                : new Awaited.Group(
                        random.nextBoolean() ? "" : "at least 1 of 2",
                        FutureTree.Kind.FIRST_COMPLETED,
                        List.of(awaited(random.nextInt(depth)), awaited(random.nextInt(depth))));
    }

    private PartitionRecord.FromAttempt said(AttemptId attempt, long timeMillis) {
        return switch (random.nextInt(18)) {
            case 0, 1 -> new PartitionRecord.RunProposed(attempt, completion(), value());
            case 2 -> new PartitionRecord.DeploymentPinned(attempt, deployment(), ProtocolVersion.V7);
            case 3, 4 -> new PartitionRecord.Suspended(attempt, asOnTheWire(tree(2)), random.nextInt(10));
            case 5, 6 -> new PartitionRecord.Ended(attempt);
            case 7 -> new PartitionRecord.AttemptsExhausted(attempt, error(), random.nextBoolean());
            case 8, 9 -> entry(attempt, new Command.Output(value(), ""));
            case 10 -> call(attempt, timeMillis);
            case 11 -> new PartitionRecord.AttemptFailed(attempt, error());
            case 12 -> new PartitionRecord.AttemptHalted(attempt, random.nextBoolean() ? error() : null);
            default -> entry(attempt, command(timeMillis));
        };
    }

    private static PartitionRecord.FromAttempt entry(AttemptId attempt, Command command) {
        return new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(command), null);
    }

    private PartitionRecord.FromAttempt call(AttemptId attempt, long timeMillis) {
        int result = completion();
        ResponseSink.Caller caller =
                new ResponseSink.Caller(attempt.invocationId(), result, MessageType.CALL_COMPLETION);
        InvocationRequest request = request(id(random.nextInt(2)), timeMillis, random.nextBoolean() ? caller : null);
        Command command = new Command.Call(
                "S", "h", Bytes.EMPTY, List.of(), "", null, null, null, completion(), result, "a call");
        return new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(command), request);
    }

    private Command command(long timeMillis) {
        return switch (random.nextInt(16)) {
            case 0 -> new Command.Run(completion(), "a step");
            case 1, 2 -> new Command.Sleep(timeMillis + random.nextInt(50), completion(), "");
            case 3 -> new Command.GetLazyState(stateKey(), completion(), "");
            case 4 -> new Command.GetLazyStateKeys(completion(), "");
            case 5, 6 -> new Command.SetState(stateKey(), bytes(), "");
            case 7 -> new Command.ClearState(stateKey(), "");
            case 8 -> new Command.ClearAllState("");
            case 9 -> new Command.GetPromise("p", completion(), "");
            case 10 -> new Command.PeekPromise("p", completion(), "");
            case 11 -> new Command.CompletePromise("p", value(), completion(), "");
            case 12 -> new Command.SendSignal(id(random.nextInt(2)).toString(), signal(), result(), "");
            case 13 ->
                new Command.CompleteAwakeable(new AwakeableId(id(random.nextInt(2)), 17).toString(), value(), "");
            case 14 -> new Command.AttachInvocation(reference(), completion(), "");
            default -> new Command.GetInvocationOutput(reference(), completion(), "");
        };
    }

    private InvocationReference reference() {
        return new InvocationReference.ById(id(random.nextInt(2)).toString());
    }

    private InvocationRequest request(InvocationId id, long timeMillis, @Nullable ResponseSink sink) {
        return new InvocationRequest(
                id,
                target(),
                bytes(),
                List.of(new Header("k", "v")),
                random.nextBoolean() ? null : "idem",
                scope(),
                null,
                random.nextInt(3) == 0 ? timeMillis + random.nextInt(40) : 0,
                random.nextBoolean() ? 0 : random.nextInt(60),
                random.nextBoolean() ? 0 : random.nextInt(60),
                random.nextLong(),
                origin(),
                sink,
                request());
    }

    private InvocationTarget target() {
        return switch (random.nextInt(6)) {
            case 0 -> new InvocationTarget("S", null, "h", HandlerKind.SERVICE);
            case 1 -> new InvocationTarget("O", "o" + random.nextInt(2), "get", HandlerKind.OBJECT_SHARED);
            case 2 -> new InvocationTarget("W", "w", "run", HandlerKind.WORKFLOW_RUN);
            case 3 -> new InvocationTarget("W", "w", "ask", HandlerKind.WORKFLOW_SHARED);
            default -> new InvocationTarget("O", "o" + random.nextInt(2), "add", HandlerKind.OBJECT_EXCLUSIVE);
        };
    }

    private PartitionRecord modifyState() {
        TreeMap<Bytes, Bytes> state = new TreeMap<>();
        state.put(stateKey(), bytes());
        String version = random.nextInt(3) == 0 ? "other" : null;
        return new PartitionRecord.ModifyStateRequested(
                new ObjectId("O", "o" + random.nextInt(2), scope()), state, version, request());
    }

    private AttemptId attempt(int partition, PartitionTables tables) {
        List<AttemptId> runnable = new ArrayList<>();
        tables.invocations().forEachRunnable(tables.epoch(), runnable::add);
        return runnable.isEmpty() || random.nextInt(20) == 0
                ? new AttemptId(id(partition), tables.epoch(), random.nextInt(100))
                : runnable.get(random.nextInt(runnable.size()));
    }

    /** A leader fires timers in their order. */
    private TimerKey timer(PartitionTables tables) {
        List<TimerKey> timers = new ArrayList<>();
        tables.forEachTimer(timers::add);
        return timers.isEmpty() || random.nextInt(20) == 0
                ? new TimerKey(random.nextInt(100), TimerKey.Kind.SLEEP, id(0), completion())
                : timers.getFirst();
    }

    private InvocationId id(int partition) {
        long number = 1L + random.nextInt(INVOCATIONS);
        return new InvocationId(partition == 0 ? number : -number, 0, number);
    }

    private @Nullable String scope() {
        return random.nextInt(4) == 0 ? "scope" : null;
    }

    private Origin origin() {
        return switch (random.nextInt(3)) {
            case 0 -> Origin.Client.INSTANCE;
            case 1 -> new Origin.Caller(id(0), target());
            default -> new Origin.Restart(id(0));
        };
    }

    private JournalEvent.TransientError error() {
        return random.nextBoolean()
                ? JournalEvent.TransientError.of(500, "used up")
                : new JournalEvent.TransientError(
                        571, "no", "at " + random.nextInt(5), random.nextInt(3), "step", MessageType.RUN, "RT0001");
    }

    private PartitionRecord restart(InvocationId id) {
        InvocationId newId = new InvocationId(id.partitionKey(), 1, random.nextInt(INVOCATIONS));
        return new PartitionRecord.RestartRequested(
                id, newId, random.nextInt(5), choice(), random.nextLong(), request());
    }

    private @Nullable DeploymentChoice choice() {
        return random.nextBoolean()
                ? null
                : new DeploymentChoice(
                        deployment(),
                        ProtocolVersion.V5,
                        random.nextBoolean() ? ProtocolVersion.V6 : ProtocolVersion.V7);
    }

    private DeploymentId deployment() {
        return new DeploymentId(0, random.nextInt(3));
    }

    private ResponseSink sink() {
        return random.nextBoolean()
                ? new ResponseSink.Client(new RequestId(1, random.nextInt(100)))
                : new ResponseSink.Caller(id(random.nextInt(2)), completion(), MessageType.CALL_COMPLETION);
    }

    private RequestId request() {
        return new RequestId(1, random.nextInt(100));
    }

    private FutureTree tree(int depth) {
        if (depth == 0 || random.nextBoolean()) {
            return new FutureTree.Leaf(random.nextBoolean() ? signal() : new NotificationId.CompletionId(completion()));
        }
        List<FutureTree> children = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            children.add(tree(depth - 1));
        }
        FutureTree.Kind[] kinds = FutureTree.Kind.values();
        return new FutureTree.Combinator(kinds[random.nextInt(kinds.length)], children);
    }

    /** The wire sorts the children of a node. */
    private static FutureTree asOnTheWire(FutureTree tree) {
        RawMessage raw = MessageCodec.encode(new ControlMessage.Suspension(tree));
        return ((ControlMessage.Suspension) MessageCodec.decode(raw)).awaitingOn();
    }

    private NotificationId signal() {
        return switch (random.nextInt(4)) {
            case 0 -> NotificationId.SignalIndex.CANCEL;
            case 1 -> new NotificationId.SignalName("ready");
            default -> new NotificationId.SignalIndex(17);
        };
    }

    private int completion() {
        return 1 + random.nextInt(COMPLETIONS);
    }

    private Result result() {
        return random.nextInt(3) == 0 ? Result.Empty.INSTANCE : value();
    }

    private Result value() {
        return random.nextBoolean()
                ? new Result.Value(bytes())
                : new Result.Failed(new Failure(500, "no", List.of(new Failure.Metadata("a", "b"))));
    }

    private Bytes stateKey() {
        return Bytes.utf8("k" + random.nextInt(4));
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /** Any message, of any type, with any body. */
    RawMessage raw() {
        return new RawMessage(random.nextInt(0x10000), bytes());
    }
}
