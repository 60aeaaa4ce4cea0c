package dev.reprise.benchmarks;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletionAck;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.vm.InvocationStateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one durable step costs the SDK's attempt machine, messages to and from bytes included: new and replayed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttemptBenchmark {
    private static final int STEPS = 100;

    private final Result value = new Result.Value(Bytes.wrap(new byte[100]));
    private final List<RawMessage> fresh = journal(0);
    private final List<RawMessage> recorded = journal(STEPS);

    private List<RawMessage> journal(int steps) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Command.Input(List.of(), Bytes.EMPTY, ""));
        for (int i = 1; i <= steps; i++) {
            messages.add(new Command.Run(i, "step"));
            messages.add(new Notification(MessageType.RUN_COMPLETION, new CompletionId(i), value));
        }
        InvocationId id = new InvocationId(1, 2, 3);
        messages.addFirst(new Start(
                id.toBytes(), id.toString(), messages.size(), List.of(), false, "", 0, 0, 42, null, null, null));
        return messages.stream().map(MessageCodec::encode).toList();
    }

    private static InvocationStateMachine begin(List<RawMessage> journal) {
        InvocationStateMachine machine = new InvocationStateMachine(ProtocolVersion.V7);
        journal.forEach(machine::receive);
        return machine;
    }

    /** Steps one after the other, each acknowledged before the next. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public InvocationStateMachine newSteps() {
        InvocationStateMachine machine = begin(fresh);
        for (int i = 0; i < STEPS; i++) {
            CompletionId run = machine.run("step").id();
            machine.proposeRunCompletion(run, value);
            machine.takeOutput();
            machine.receive(MessageCodec.encode(new ProposeRunCompletionAck(run.id())));
            expectNotification(machine);
        }
        return machine;
    }

    /** The same steps answered by the journal. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public InvocationStateMachine replayedSteps() {
        InvocationStateMachine machine = begin(recorded);
        for (int i = 0; i < STEPS; i++) {
            machine.run("step");
            expectNotification(machine);
        }
        return machine;
    }

    private static void expectNotification(InvocationStateMachine machine) {
        if (machine.takeNotification().isEmpty()) {
            throw new IllegalStateException("the step has no result");
        }
    }
}
