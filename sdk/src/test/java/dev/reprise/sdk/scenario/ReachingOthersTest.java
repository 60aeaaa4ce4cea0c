package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls, invocations, awakeables and signals: what a handler's words become in the journal, and what it gets back. */
class ReachingOthersTest {
    private static final Target OTHER = Target.object("Other", "k", "work");
    private static final CallOptions ALL_OPTIONS = CallOptions.idempotencyKey("once")
            .withHeader("tenant", "a")
            .withHeader("tenant", "b")
            .withScope("scope")
            .withLimitKey("limit")
            .withName("named");

    @Test
    void call_everyOption_isRecorded() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) ->
                ctx.call(OTHER, List.of(1), String.class, ALL_OPTIONS).await());
        assertThat(Attempts.only(attempt, Command.Call.class))
                .isEqualTo(new Command.Call(
                        "Other",
                        "work",
                        Bytes.utf8("[1]"),
                        List.of(new Header("tenant", "a"), new Header("tenant", "b")),
                        "k",
                        "once",
                        "scope",
                        "limit",
                        1,
                        2,
                        "named"));
        attempt.receive(FakeAttempt.callStarted(1, "inv_1"), FakeAttempt.called(2, "\"done\""));
        assertThat(Attempts.text(attempt)).isEqualTo("done");
    }

    @Test
    void call_withoutArgumentAndOfGenericResult_isWrittenAndRead() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            var none = ctx.call(OTHER, Serde.none(), null, Serde.raw(), CallOptions.NONE);
            var list = ctx.call(OTHER, 7, new TypeRef<List<Integer>>() {});
            return none.await().length + " " + list.await().getFirst();
        });
        assertThat(attempt.sent(Command.Call.class))
                .extracting(call -> call.parameter().utf8())
                .containsExactly("", "7");
        attempt.receive(FakeAttempt.called(2, "ab"), FakeAttempt.called(4, "[5]"));
        assertThat(Attempts.text(attempt)).isEqualTo("2 5");
    }

    @Test
    void scope_onOlderEngine_failsTheAttemptAndSaysWhichVersion() {
        FakeAttempt attempt = Attempts.service(
                ProtocolVersion.V6,
                (ctx, nothing) -> ctx.call(OTHER, 1, String.class, ALL_OPTIONS).await());
        assertThat(Attempts.error(attempt).message())
                .containsIgnoringCase("scope")
                .contains("V7");
    }

    @Test
    void resultOfAnotherType_saysWhoseItIs() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> "" + ctx.call(OTHER, 1, Integer.class).await());
        attempt.receive(FakeAttempt.called(2, "\"text\""));
        assertThat(Attempts.error(attempt).message()).contains("The result of Other/k/work cannot be read");
    }

    @Test
    void send_withDelayOfCenturies_isRecorded_theLongestAsTheLastTimeThereIs() {
        Duration centuries = Duration.ofDays(300L * 365);
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.send(OTHER, 1, SendOptions.delay(centuries));
            ctx.send(OTHER, 2, SendOptions.delay(Duration.ofSeconds(Long.MAX_VALUE)));
            RestatePromise<?> unused = ctx.timer(Duration.ofSeconds(Long.MAX_VALUE));
            return "done";
        });
        assertThat(attempt.sent(Command.OneWayCall.class))
                .extracting(Command.OneWayCall::invokeTimeMillis)
                .containsExactly(FakeAttempt.NOW.plus(centuries).toEpochMilli(), Long.MAX_VALUE);
        assertThat(attempt.sent(Command.Sleep.class))
                .extracting(Command.Sleep::wakeUpTimeMillis)
                .containsExactly(Long.MAX_VALUE);
    }

    @Test
    void send_withDelay_isRecordedWithTheTimeAndGivesAHandle() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            var later = SendOptions.delay(Duration.ofSeconds(3)).withName("later");
            ctx.send(OTHER, 1);
            return ctx.send(OTHER, 2, later).invocationId();
        });
        assertThat(attempt.sent(Command.OneWayCall.class))
                .extracting(Command.OneWayCall::invokeTimeMillis)
                .containsExactly(0L, FakeAttempt.NOW.toEpochMilli() + 3000);
        attempt.receive(FakeAttempt.callStarted(1, "inv_1"), FakeAttempt.callStarted(2, "inv_2"));
        assertThat(Attempts.text(attempt)).isEqualTo("inv_2");
    }

    @Test
    void invocation_attachedLookedAtCancelledAndSignalled_isReachedByItsId() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            var other = ctx.invocation("inv_1");
            other.cancel();
            other.signal("s", "value");
            other.rejectSignal("r", new TerminalException(418, "no"));
            var output = other.output(String.class);
            return output.await() + " " + other.attach(String.class).await();
        });
        assertThat(attempt.sent(Command.SendSignal.class))
                .containsExactly(
                        new Command.SendSignal("inv_1", SignalIndex.CANCEL, Result.Empty.INSTANCE, ""),
                        new Command.SendSignal("inv_1", new SignalName("s"), FakeAttempt.json("\"value\""), ""),
                        new Command.SendSignal(
                                "inv_1", new SignalName("r"), new Result.Failed(new Failure(418, "no")), ""));
        attempt.receive(FakeAttempt.completion(MessageType.GET_INVOCATION_OUTPUT_COMPLETION, 1, Result.Empty.INSTANCE));
        attempt.receive(
                FakeAttempt.completion(MessageType.ATTACH_INVOCATION_COMPLETION, 2, FakeAttempt.json("\"end\"")));
        assertThat(Attempts.text(attempt)).isEqualTo("Optional.empty end");
        assertThat(Attempts.only(attempt, Command.AttachInvocation.class).target())
                .isEqualTo(new InvocationReference.ById("inv_1"));
    }

    @Test
    void awakeable_resolvedWithAnotherType_saysWhoseItIs() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> "" + ctx.awakeable(Integer.class).await());
        attempt.receive(FakeAttempt.signal(new SignalIndex(17), FakeAttempt.json("\"text\"")));
        assertThat(Attempts.error(attempt).message()).contains("The value of awakeable sign_1");
    }

    @Test
    void awakeables_haveIdsOfTheirOwn_andAreCompletedByThem() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            var one = ctx.awakeable(String.class);
            var two = ctx.awakeable(new TypeRef<List<String>>() {});
            ctx.awakeableHandle(one.id()).resolve("for another");
            ctx.awakeableHandle(two.id()).reject("no");
            return two.await() + one.await();
        });
        var completions = attempt.sent(Command.CompleteAwakeable.class);
        assertThat(completions.getFirst().result()).isEqualTo(FakeAttempt.json("\"for another\""));
        assertThat(completions.getLast().result()).isEqualTo(new Result.Failed(new Failure(500, "no")));
        assertThat(completions.getFirst().awakeableId())
                .startsWith("sign_1")
                .isNotEqualTo(completions.getLast().awakeableId());
        attempt.receive(
                FakeAttempt.signal(new SignalIndex(17), FakeAttempt.json("\"b\"")),
                FakeAttempt.signal(new SignalIndex(18), FakeAttempt.json("[\"a\"]")));
        assertThat(Attempts.text(attempt)).isEqualTo("[a]b");
    }
}
