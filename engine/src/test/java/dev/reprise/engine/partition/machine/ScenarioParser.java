package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.DeploymentChoice;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.AwaitedCodec;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scenario's records. What an attempt says counts as said by the present one, unless the line has
 * {@code epoch=} or {@code start=}.
 */
public final class ScenarioParser {
    private static final int LONG_CHARS = 100;
    private static final InvocationTarget CALLER = new InvocationTarget("Caller", null, "call", HandlerKind.SERVICE);

    private final Names names;
    private final PartitionTables tables;

    public ScenarioParser(Names names, PartitionTables tables) {
        this.names = names;
        this.tables = tables;
    }

    public PartitionRecord record(Words w) {
        String what = w.next();
        return switch (what) {
            case "AnnounceLeader" -> new PartitionRecord.AnnounceLeader(0, w.number());
            case "Invoke" -> new PartitionRecord.Invoke(request(w, null));
            case "Entry" -> entry(w);
            case "RunProposed" -> new PartitionRecord.RunProposed(attempt(w), w.number(), result(w));
            case "Pinned" ->
                new PartitionRecord.DeploymentPinned(
                        attempt(w), Names.deployment(w.next()), ProtocolVersion.valueOf(w.next()));
            case "Suspended" -> suspended(w);
            case "Waited" -> afterWaiting(w);
            case "Ended" -> new PartitionRecord.Ended(attempt(w));
            case "Exhausted" -> {
                AttemptId attempt = attempt(w);
                boolean pause = "pause".equals(w.next());
                yield new PartitionRecord.AttemptsExhausted(attempt, error(w), pause);
            }
            case "Failed" -> new PartitionRecord.AttemptFailed(attempt(w), error(w));
            case "Halted" -> new PartitionRecord.AttemptHalted(attempt(w), w.isEmpty() ? null : error(w));
            case "Fired" -> new PartitionRecord.TimerFired(timer(w));
            case "Signal" -> new PartitionRecord.SignalSent(id(w), signal(w.next()), result(w), request(w));
            case "Completion" ->
                new PartitionRecord.CompletionArrived(id(w), w.number(), MessageType.valueOf(w.next()), result(w));
            case "Withdraw" ->
                new PartitionRecord.AttachWithdrawn(
                        id(w), ((ResponseSink.Client) sink(w.option("from", ""))).requestId());
            case "Attach" -> new PartitionRecord.AttachRequested(id(w), sink(w.option("from", "")), !w.takes("nowait"));
            case "Cancel" -> new PartitionRecord.CancelRequested(id(w), request(w));
            case "Kill" -> new PartitionRecord.KillRequested(id(w), request(w));
            case "Purge" -> new PartitionRecord.PurgeRequested(id(w), w.takes("journal"), request(w));
            case "Pause" -> new PartitionRecord.PauseRequested(id(w), request(w));
            case "Resume" -> {
                InvocationId id = id(w);
                yield new PartitionRecord.ResumeRequested(id, choice(w), request(w));
            }
            case "Restart" -> {
                InvocationId id = id(w);
                InvocationId newId = id(w);
                int upTo = w.number();
                yield new PartitionRecord.RestartRequested(id, newId, upTo, choice(w), 8, request(w));
            }
            case "ModifyState" -> modifyState(w);
            case "From" -> new PartitionRecord.FromPartition(w.number(), w.number(), record(w));
            case "OutboxDelivered" -> new PartitionRecord.OutboxDelivered(w.number());
            default -> throw new IllegalArgumentException("no such record: " + what);
        };
    }

    /** {@code id tree [known=]}; unless the line says otherwise, the attempt began with the whole journal. */
    private PartitionRecord suspended(Words w) {
        AttemptId attempt = attempt(w);
        String known = w.option("known");
        int entries = known == null ? tables.journal().length(attempt.invocationId()) : Integer.parseInt(known);
        return new PartitionRecord.Suspended(attempt, tree(w.rest()), entries);
    }

    /** {@code since tree [since tree...] | record [label=]}. */
    private PartitionRecord afterWaiting(Words w) {
        List<PartitionRecord.Wait> waits = new ArrayList<>();
        while (!w.takes("|")) {
            int since = w.number();
            FutureTree.Combinator tree = (FutureTree.Combinator) tree(w.rest());
            Awaited.Group group = (Awaited.Group) Awaited.of(tree).orElseThrow();
            Awaited awaited = new Awaited.Group(w.option("label", ""), group.kind(), group.members());
            waits.add(new PartitionRecord.Wait(AwaitedCodec.encode(awaited), since));
        }
        return new PartitionRecord.SaidAfterWaiting(waits, (PartitionRecord.FromAttempt) record(w));
    }

    /** {@code deployment [oldest version, newest version]}, or nothing. */
    private static @Nullable DeploymentChoice choice(Words w) {
        return w.isEmpty()
                ? null
                : new DeploymentChoice(
                        Names.deployment(w.next()),
                        ProtocolVersion.valueOf(w.isEmpty() ? "V5" : w.next()),
                        ProtocolVersion.valueOf(w.isEmpty() ? "V7" : w.next()));
    }

    /** {@code !code:message [at= name=]}. */
    private static JournalEvent.TransientError error(Words w) {
        Failure failure = failure(w.next());
        String at = w.option("at");
        String name = w.option("name");
        return new JournalEvent.TransientError(
                failure.code(),
                failure.message(),
                w.option("trace", ""),
                at == null ? null : Integer.valueOf(at),
                name,
                name == null ? null : MessageType.RUN,
                null);
    }

    private PartitionRecord modifyState(Words w) {
        String[] path = w.next().split("/", -1);
        ObjectId object = new ObjectId(path[0], path[1], w.option("scope"));
        TreeMap<Bytes, Bytes> state = new TreeMap<>();
        while (!w.isEmpty()) {
            String[] pair = w.next().split(":", -1);
            state.put(Bytes.utf8(pair[0]), Bytes.utf8(pair[1]));
        }
        return new PartitionRecord.ModifyStateRequested(object, state, w.option("version"), request(w));
    }

    private PartitionRecord entry(Words w) {
        AttemptId attempt = attempt(w);
        return new CommandParser(this, attempt).entry(w);
    }

    InvocationId id(Words w) {
        return names.invocation(w.next());
    }

    private AttemptId attempt(Words w) {
        InvocationId id = id(w);
        long startLsn = tables.invocations()
                .get(id)
                .map(invocation -> invocation.status() instanceof InvocationStatus.Invoked(long lsn, var _) ? lsn : 0L)
                .orElse(0L);
        return new AttemptId(
                id,
                Long.parseLong(w.option("epoch", Long.toString(tables.epoch()))),
                Long.parseLong(w.option("start", Long.toString(startLsn))));
    }

    private static @Nullable RequestId request(Words w) {
        String client = w.option("by");
        return client == null ? null : client(client);
    }

    private static RequestId client(String name) {
        return new RequestId(1, Long.parseLong(name.substring("client".length())));
    }

    private ResponseSink sink(String text) {
        if (text.startsWith("client")) {
            return new ResponseSink.Client(client(text));
        }
        int dot = text.lastIndexOf('.');
        return new ResponseSink.Caller(
                names.invocation(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)),
                MessageType.CALL_COMPLETION);
    }

    /** {@code id target [argument] [at= idem= retain= journal= scope= from= submit=]}. */
    InvocationRequest request(Words w, ResponseSink.@Nullable Caller caller) {
        InvocationId id = id(w);
        InvocationTarget target = target(w.next());
        Bytes argument = w.isEmpty() ? Bytes.EMPTY : Bytes.utf8(w.next());
        String from = w.option("from");
        String submit = w.option("submit");
        return new InvocationRequest(
                id,
                target,
                argument,
                List.of(),
                w.option("idem"),
                w.option("scope"),
                null,
                Names.millis(w.option("at", "0s")),
                Names.millis(w.option("retain", "0s")),
                Names.millis(w.option("journal", "0s")),
                7,
                caller == null ? Origin.Client.INSTANCE : new Origin.Caller(caller.invocationId(), CALLER),
                from == null ? caller : sink(from),
                submit == null ? null : client(submit));
    }

    private static InvocationTarget target(String text) {
        String[] kindAndPath = text.split(":", -1);
        String[] path = kindAndPath[0].split("/", -1);
        if (path.length == 2) {
            return new InvocationTarget(path[0], null, path[1], HandlerKind.SERVICE);
        }
        HandlerKind kind = kindAndPath.length == 1 ? HandlerKind.OBJECT_EXCLUSIVE : HandlerKind.valueOf(kindAndPath[1]);
        return new InvocationTarget(path[0], path[1], path[2], kind);
    }

    private TimerKey timer(Words w) {
        long at = Names.millis(w.next().substring(1));
        TimerKey.Kind kind = TimerKey.Kind.valueOf(w.next());
        InvocationId id = id(w);
        return new TimerKey(at, kind, id, w.isEmpty() ? 0 : w.number());
    }

    static NotificationId signal(String text) {
        return Character.isDigit(text.charAt(0))
                ? new NotificationId.SignalIndex(Integer.parseInt(text))
                : new NotificationId.SignalName(text.substring(text.indexOf(':') + 1));
    }

    /** {@code =value}, {@code !code:message}, or nothing for an empty one. */
    public static Result result(Words w) {
        if (w.isEmpty()) {
            return Result.Empty.INSTANCE;
        }
        String text = w.next();
        return text.startsWith("=")
                ? new Result.Value(Bytes.utf8(lengthened(text.substring(1))))
                : new Result.Failed(failure(text));
    }

    /** A long text is written as its first character and its length: {@code x*5000}. */
    private static String lengthened(String text) {
        return text.matches(".\\*\\d+") ? text.substring(0, 1).repeat(Integer.parseInt(text.substring(2))) : text;
    }

    static String shortened(String text) {
        return text.length() > LONG_CHARS ? text.charAt(0) + "*" + text.length() : text;
    }

    private static Failure failure(String text) {
        String[] parts = text.substring(1).split(":", -1);
        return new Failure(Integer.parseInt(parts[0]), parts[1]);
    }

    /**
     * {@code 1}, {@code signal17}, {@code signal:ready}, {@code all( 1 2 )}; all, settled, any and race as in
     * ECMAScript.
     */
    public static FutureTree tree(Deque<String> words) {
        String word = words.remove();
        if (!word.endsWith("(")) {
            return new FutureTree.Leaf(
                    word.startsWith("signal")
                            ? signal(word.substring("signal".length()))
                            : new NotificationId.CompletionId(Integer.parseInt(word)));
        }
        List<FutureTree> children = new ArrayList<>();
        while (!")".equals(words.element())) {
            children.add(tree(words));
        }
        words.remove();
        FutureTree.Kind kind = switch (word) {
            case "all(" -> FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
            case "settled(" -> FutureTree.Kind.ALL_COMPLETED;
            case "any(" -> FutureTree.Kind.FIRST_SUCCEEDED_OR_ALL_FAILED;
            case "race(" -> FutureTree.Kind.FIRST_COMPLETED;
            default -> throw new IllegalArgumentException("no such combinator: " + word);
        };
        return new FutureTree.Combinator(kind, children);
    }
}
