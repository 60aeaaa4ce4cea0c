package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.callStarted;
import static dev.reprise.sdk.vm.Conversation.completed;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallTest {
    private static final Bytes PARAMETER = Bytes.utf8("\"Francesco\"");
    private static final List<Header> HEADERS = List.of(new Header("traceparent", "00-1"));

    private static CallRequest request(@Nullable String scope, @Nullable String limitKey) {
        return new CallRequest("Greeter", "greet", "my-key", PARAMETER, HEADERS, "idempotent", scope, limitKey, "name");
    }

    @Test
    void call_everyField_isWritten() {
        Conversation engine = Conversation.onV7().replay();

        CallHandle call = engine.machine.call(request("scope", "limit"));

        assertThat(call).isEqualTo(new CallHandle(new CompletionId(1), new CompletionId(2)));
        engine.expect(new Command.Call(
                "Greeter", "greet", PARAMETER, HEADERS, "my-key", "idempotent", "scope", "limit", 1, 2, "name"));
    }

    @Test
    void call_answered_invocationIdAndResultAreSeparateNotifications() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.call(CallRequest.of("Greeter", "greet", "", PARAMETER));

        engine.receive(callStarted(1, "inv_1callee"), completed(MessageType.CALL_COMPLETION, 2, value("hi")));

        assertThat(engine.machine.takeNotification()).contains(callStarted(1, "inv_1callee"));
        assertThat(engine.machine.takeNotification()).contains(completed(MessageType.CALL_COMPLETION, 2, value("hi")));
    }

    @Test
    void oneWayCall_everyField_isWritten() {
        Conversation engine = Conversation.onV7().replay();

        CompletionId id = engine.machine.oneWayCall(new SendRequest(request("scope", "limit"), 12345));

        assertThat(id).isEqualTo(new CompletionId(1));
        engine.expect(new Command.OneWayCall(
                "Greeter", "greet", PARAMETER, 12345, HEADERS, "my-key", "idempotent", "scope", "limit", 1, "name"));
    }

    @Test
    void oneWayCall_replayedWithOtherTime_matches() {
        Command.OneWayCall recorded =
                new Command.OneWayCall("Greeter", "greet", PARAMETER, 1000, List.of(), "", null, null, null, 1, "");
        Conversation engine = Conversation.onV7().replay(recorded);

        engine.machine.oneWayCall(new SendRequest(CallRequest.of("Greeter", "greet", "", PARAMETER), 2000));

        assertThat(engine.machine.isReplaying()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"V5", "V6"})
    void call_withScopeBeforeV7_unsupported(ProtocolVersion version) {
        Conversation engine = Conversation.on(version).replay();

        assertThatThrownBy(() -> engine.machine.call(request("scope", null)))
                .isInstanceOf(AttemptClosedException.class);
        assertThat(engine.expectError(573).message()).contains("scope").contains("V7");
    }

    @Test
    void oneWayCall_withLimitKeyBeforeV7_unsupported() {
        Conversation engine = Conversation.on(ProtocolVersion.V6).replay();

        assertThatThrownBy(() -> engine.machine.oneWayCall(new SendRequest(request(null, "limit"), 0)))
                .isInstanceOf(AttemptClosedException.class);
        assertThat(engine.expectError(573).message()).contains("limit key");
    }

    @Test
    void request_withEmptyScopeLimitKeyOrIdempotencyKey_refused() {
        assertThatThrownBy(() -> request("", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request("scope", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CallRequest("G", "g", "", PARAMETER, HEADERS, "", null, null, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cancelInvocation_sendsTheCancelSignal() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.cancelInvocation("inv_1callee");

        engine.expect(new Command.SendSignal("inv_1callee", SignalIndex.CANCEL, Result.Empty.INSTANCE, ""));
    }

    @Test
    void attachAndOutput_everyReference_isWritten() {
        Conversation engine = Conversation.onV7().replay();
        InvocationReference byId = new InvocationReference.ById("inv_1callee");
        InvocationReference byKey = new InvocationReference.ByIdempotencyKey("S", null, "h", "key", "scope");
        InvocationReference byWorkflow = new InvocationReference.ByWorkflow("W", "k", null);

        assertThat(engine.machine.attachInvocation(byId)).isEqualTo(new CompletionId(1));
        assertThat(engine.machine.attachInvocation(byKey)).isEqualTo(new CompletionId(2));
        assertThat(engine.machine.getInvocationOutput(byWorkflow)).isEqualTo(new CompletionId(3));

        engine.expect(
                new Command.AttachInvocation(byId, 1, ""),
                new Command.AttachInvocation(byKey, 2, ""),
                new Command.GetInvocationOutput(byWorkflow, 3, ""));
    }

    @Test
    void attach_withScope_emptyRefusedAndUnsupportedBeforeV7() {
        Conversation engine = Conversation.on(ProtocolVersion.V6).replay();

        assertThatThrownBy(() -> engine.machine.attachInvocation(new InvocationReference.ByWorkflow("W", "k", "")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> engine.machine.getInvocationOutput(new InvocationReference.ByWorkflow("W", "k", "scope")))
                .isInstanceOf(AttemptClosedException.class);
        engine.expectError(573);
    }
}
