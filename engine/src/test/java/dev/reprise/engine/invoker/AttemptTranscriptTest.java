package dev.reprise.engine.invoker;

import static dev.reprise.engine.log.Log.Urgency.NOW;
import static dev.reprise.engine.log.Log.Urgency.SOON;
import static dev.reprise.protocol.FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
import static dev.reprise.protocol.FutureTree.Kind.FIRST_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.call.resolution.CallResolver;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.AwaitedCodec;
import dev.reprise.protocol.wire.MessageCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttemptTranscriptTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Message RUN = new Command.Run(1, "step");
    private static final Message SLEEP = new Command.Sleep(1, 2, "");
    private static final Message SET = new Command.SetState(KEY, KEY, "");
    private static final Message OUTPUT = new Command.Output(new Result.Value(KEY), "");
    private static final Message AWAITING = new ControlMessage.AwaitingOn(
            new FutureTree.Combinator(
                    FutureTree.Kind.FIRST_COMPLETED, List.of(new FutureTree.Leaf(new NotificationId.CompletionId(2)))),
            false);

    private static final FutureTree CANCEL = FutureTree.of(NotificationId.SignalIndex.CANCEL);

    private final List<Message> told = new ArrayList<>();
    private final List<PartitionRecord> records = new ArrayList<>();
    private final List<Urgency> urgencies = new ArrayList<>();
    private final AttemptTranscript transcript = transcript(new Silent());

    @Test
    void whatNobodyWaitsFor_isNotUrgent() {
        say(RUN);
        say(SET);
        say(new Command.GetEagerState(KEY, Result.Empty.INSTANCE, ""));
        say(new Command.ClearAllState(""));
        say(OUTPUT);
        assertThat(urgencies).containsExactly(SOON, SOON, SOON, SOON, SOON);
    }

    @Test
    void whatSomebodyWaitsFor_isUrgent() {
        say(SLEEP);
        say(new ControlMessage.ProposeRunCompletion(1, new Result.Value(KEY)));
        say(ControlMessage.End.INSTANCE);
        assertThat(urgencies).containsExactly(NOW, NOW, NOW);
    }

    @Test
    void commandWithAcknowledgementRequested_isUrgent() {
        transcript.onFrames(List.of(new Frame(MessageCodec.encode(SET), true)));
        assertThat(urgencies).containsExactly(NOW);
    }

    @Test
    void framesOfOneRead_lastIsAsUrgentAsAnyOfThem() {
        say(SLEEP, SLEEP, RUN);
        assertThat(urgencies).containsExactly(SOON, SOON, NOW);
    }

    @Test
    void framesOfOneRead_noneUrgent_noneIs() {
        say(RUN, SET, RUN);
        assertThat(urgencies).containsExactly(SOON, SOON, SOON);
    }

    @Test
    void framesOfOneRead_messageWithoutRecordAtTheEnd_theOneBeforeIsUrgent() {
        say(SLEEP, RUN, AWAITING);
        assertThat(urgencies).containsExactly(SOON, NOW);
        assertThat(told).containsExactly(AWAITING);
    }

    @Test
    void framesOfTheNextRead_areNotUrgentForThoseBefore() {
        say(RUN, SLEEP);
        say(RUN);
        assertThat(urgencies).containsExactly(SOON, NOW, SOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a b | - | the provided scope 'a b' is invalid: value contains characters outside the allowed set [a-zA-Z0-9_.-]",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | - | the provided scope 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
                        + " is invalid: value too long: 37 bytes (max 36)",
                "- | t | limit key was provided without a scope. Limit keys take effect only when used in combination with"
                        + " scope",
                "a | t/u/v | the provided limit key 't/u/v' is invalid: too many path components in the given limit-key"
                        + " (max 2)",
                "a | / | the provided limit key '/' is invalid: invalid limit-key component: value cannot be empty",
                "a | b c | the provided limit key 'b c' is invalid: invalid limit-key component: value contains characters"
                        + " outside the allowed set [a-zA-Z0-9_.-]"
            })
    void call_inAMalformedScopeOrWithSuchALimitKey_failsTheAttempt(
            @Nullable String scope, @Nullable String limitKey, String reason) {
        List<AttemptFailure> failures = new ArrayList<>();
        Message call = new Command.OneWayCall("Counter", "add", KEY, 0, List.of(), "c", null, scope, limitKey, 1, "");
        AttemptTranscript failing = transcript(new Silent() {
            @Override
            public void failed(AttemptFailure failure) {
                failures.add(failure);
            }
        });
        failing.onFrames(List.of(new Frame(MessageCodec.encode(call))));
        assertThat(urgencies).isEmpty();
        assertThat(failures)
                .extracting(AttemptFailure::error)
                .containsExactly(TransientError.of(
                        500,
                        "RT0024",
                        "cannot process command Command: OneWayCall (command index 1) because of a failed precondition: "
                                + reason));
    }

    private static Message waiting(FutureTree.Kind kind, int... completions) {
        List<FutureTree> leaves = Arrays.stream(completions)
                .mapToObj(id -> FutureTree.of(new NotificationId.CompletionId(id)))
                .toList();
        FutureTree tree = new FutureTree.Combinator(kind, leaves);
        return new ControlMessage.AwaitingOn(FutureTree.race(List.of(tree, CANCEL)), false);
    }

    private List<List<Awaited>> waits() {
        return records.stream()
                .filter(PartitionRecord.SaidAfterWaiting.class::isInstance)
                .map(record -> ((PartitionRecord.SaidAfterWaiting) record)
                        .waits().stream()
                                .map(wait -> AwaitedCodec.decode(wait.awaited()))
                                .toList())
                .toList();
    }

    private static Awaited group(FutureTree.Kind kind, int... completions) {
        return new Awaited.Group(
                "",
                kind,
                Arrays.stream(completions)
                        .mapToObj(id -> (Awaited) new Awaited.One(new NotificationId.CompletionId(id)))
                        .toList());
    }

    @Test
    void waitForSeveral_isWrittenWithWhatIsSaidNext() {
        say(RUN, waiting(FIRST_COMPLETED, 1, 2));
        assertThat(waits()).isEmpty();
        say(new ControlMessage.ProposeRunCompletion(1, new Result.Value(KEY)));
        say(OUTPUT);
        assertThat(waits()).containsExactly(List.of(group(FIRST_COMPLETED, 1, 2)));
        assertThat(records.get(1)).isInstanceOf(PartitionRecord.SaidAfterWaiting.class);
    }

    @Test
    void waitForOne_isNotWritten() {
        say(AWAITING, RUN, OUTPUT);
        assertThat(waits()).isEmpty();
    }

    /** As SDKs do that tell what is left. */
    @Test
    void waitForWhatIsLeftOfTheSame_isNotWrittenAgain() {
        say(
                waiting(ALL_SUCCEEDED_OR_FIRST_FAILED, 1, 2, 3),
                waiting(ALL_SUCCEEDED_OR_FIRST_FAILED, 2, 3),
                waiting(FIRST_COMPLETED, 2, 3),
                RUN,
                waiting(FIRST_COMPLETED, 2, 3),
                RUN);
        assertThat(waits())
                .containsExactly(List.of(group(ALL_SUCCEEDED_OR_FIRST_FAILED, 1, 2, 3), group(FIRST_COMPLETED, 2, 3)));
    }

    @Test
    void waits_asManyAsAreKept_areWritten() {
        AttemptTranscript waiting = transcript(new Silent() {
            @Override
            public void gathered() {
                // That many do.
            }
        });
        for (int i = 0; i < 2 * PartitionRecord.SaidAfterWaiting.WAITS_MAX; i++) {
            waiting.onFrames(List.of(new Frame(MessageCodec.encode(waiting(FIRST_COMPLETED, 2 * i, 2 * i + 1)))));
        }
        waiting.onFrames(List.of(new Frame(MessageCodec.encode(RUN))));
        assertThat(waits())
                .singleElement()
                .satisfies(all -> assertThat(all).hasSize(PartitionRecord.SaidAfterWaiting.WAITS_MAX));
    }

    /** As our own SDK does. */
    @Test
    void waitInTheWordsOfTheHandlersCode_isWrittenAsItIs() {
        Awaited named = new Awaited.Group("branch flight", FIRST_COMPLETED, List.of());
        FutureTree tree = FutureTree.of(new NotificationId.CompletionId(1));
        say(new ControlMessage.AwaitingOn(tree, true, named), RUN);
        assertThat(waits()).containsExactly(List.of(named));
    }

    private void say(Message... messages) {
        transcript.onFrames(Arrays.stream(messages)
                .map(message -> new Frame(MessageCodec.encode(message)))
                .toList());
    }

    private AttemptTranscript transcript(AttemptTranscript.Reader reader) {
        InvokerPools pools = new InvokerPools(EngineConfig.DEFAULT.memory());
        AttemptId attempt = new AttemptId(InvocationId.fresh(1, 2, 3, 4), 1, 1);
        InvocationTarget target = new InvocationTarget("Counter", "c", "add", HandlerKind.OBJECT_EXCLUSIVE);
        InvocationAttempt.Head head = new InvocationAttempt.Head(
                new AttemptHistory(attempt, AttemptPolicy.of(EngineConfig.DEFAULT)),
                target,
                List.of(),
                ProtocolVersion.V7,
                null,
                1,
                1,
                AttemptMemory.of(
                        pools, pools.initial().tryReserve(pools.initialBytes()).orElseThrow()));
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        CallResolver calls = new CallResolver(
                new Registry(RegistryStore.NONE), EngineConfig.DEFAULT, clock, RandomGenerator.of("L64X128MixRandom"));
        return new AttemptTranscript(head, calls, new Recorded(), reader);
    }

    private final class Recorded implements Proposals {
        @Override
        public void propose(PartitionRecord record, Urgency urgency) {
            records.add(record);
            urgencies.add(urgency);
        }

        @Override
        public long wallMillis() {
            return 0;
        }

        @Override
        public long steadyMillis() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }

    private class Silent implements AttemptTranscript.Reader {
        @Override
        public void sent() {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public void roomToReceive() {
            throw new AssertionError("there always was");
        }

        @Override
        public void failed(AttemptFailure failure) {
            throw new AssertionError("the attempt failed: " + failure);
        }

        @Override
        public void gathered() {
            throw new AssertionError("few messages gather");
        }

        @Override
        public void awaits(ControlMessage.AwaitingOn message) {
            told.add(message);
        }
    }
}
