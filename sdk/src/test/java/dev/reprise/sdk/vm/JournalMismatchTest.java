package dev.reprise.sdk.vm;

import static dev.reprise.sdk.vm.Conversation.leaf;
import static dev.reprise.sdk.vm.Conversation.run;
import static dev.reprise.sdk.vm.Conversation.sleep;
import static dev.reprise.sdk.vm.Conversation.sleepCompleted;
import static dev.reprise.sdk.vm.Conversation.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.Result;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JournalMismatchTest {
    private static final Bytes KEY = Bytes.utf8("k");
    private static final Bytes RECORDED = Bytes.utf8("old");
    private static final Bytes ATTEMPTED = Bytes.utf8("new");
    private static final Result FAILED = new Result.Failed(new Failure(500, "no"));

    private static Command.Call call(String handler, Bytes parameter, Header... headers) {
        return new Command.Call("S", handler, parameter, List.of(headers), "", null, null, null, 1, 2, "");
    }

    private static Command.OneWayCall send(Bytes parameter) {
        return new Command.OneWayCall("S", "h", parameter, 0, List.of(), "", null, null, null, 1, "");
    }

    private static Arguments differs(Command recorded, Consumer<InvocationStateMachine> attempted, String field) {
        return Arguments.of(recorded, attempted, field);
    }

    static Stream<Arguments> differences() {
        InvocationReference other = new InvocationReference.ById("inv_1other");
        return Stream.of(
                differs(new Command.GetLazyState(RECORDED, 1, ""), m -> m.getState("new"), "key"),
                differs(new Command.GetEagerState(RECORDED, ABSENT, ""), m -> m.getState("new"), "key"),
                differs(new Command.SetState(RECORDED, KEY, ""), m -> m.setState("new", KEY), "key"),
                differs(new Command.ClearState(RECORDED, ""), m -> m.clearState("new"), "key"),
                differs(new Command.GetLazyStateKeys(7, ""), InvocationStateMachine::getStateKeys, "completion"),
                differs(new Command.Sleep(0, 1, "old"), m -> m.sleep(0, "new"), "name"),
                differs(new Command.Sleep(0, 7, ""), m -> m.sleep(0, ""), "completion"),
                differs(run(1, "old"), m -> m.run("new"), "name"),
                differs(call("old", KEY), m -> m.call(CallRequest.of("S", "new", "", KEY)), "handler"),
                differs(
                        call("h", KEY, new Header("a", "b")),
                        m -> m.call(CallRequest.of("S", "h", "", KEY)),
                        "headers"),
                differs(call("h", KEY), m -> m.call(CallRequest.of("S", "h", "key", KEY)), "key"),
                differs(new Command.GetPromise("old", 1, ""), m -> m.getPromise("new"), "promise"),
                differs(new Command.PeekPromise("old", 1, ""), m -> m.peekPromise("new"), "promise"),
                differs(
                        new Command.CompletePromise("p", FAILED, 1, ""),
                        m -> m.completePromise("p", value("x")),
                        "result"),
                differs(new Command.AttachInvocation(other, 1, ""), m -> m.attachInvocation(WORKFLOW), "target"),
                differs(new Command.GetInvocationOutput(other, 1, ""), m -> m.getInvocationOutput(WORKFLOW), "target"),
                differs(
                        new Command.CompleteAwakeable("old", FAILED, ""),
                        m -> m.completeAwakeable("new", FAILED),
                        "awakeable"),
                differs(
                        new Command.SendSignal("inv_1a", SignalIndex.CANCEL, Result.Empty.INSTANCE, ""),
                        m -> m.cancelInvocation("inv_1b"),
                        "target"),
                differs(
                        new Command.SendSignal("inv_1a", SignalIndex.CANCEL, Result.Empty.INSTANCE, ""),
                        m -> m.sendSignal("inv_1a", "name", FAILED),
                        "signal"),
                differs(new Command.Output(FAILED, ""), m -> m.output(value("x")), "result"));
    }

    private static final Result ABSENT = Result.Empty.INSTANCE;
    private static final InvocationReference WORKFLOW = new InvocationReference.ByWorkflow("W", "k", null);

    @ParameterizedTest
    @MethodSource("differences")
    void command_differsInAField_mismatchNamesTheField(
            Command recorded, Consumer<InvocationStateMachine> attempted, String field) {
        ReplayMismatchException mismatch = mismatch(Conversation.onV7().replay(recorded), attempted);

        assertThat(mismatch.commandIndex()).isEqualTo(1);
        assertThat(mismatch.code()).isEqualTo(570);
        assertThat(mismatch).hasMessageContaining("\n  " + field + ": recorded ");
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(new Command.SetState(KEY, RECORDED, ""), act(m -> m.setState("k", ATTEMPTED))),
                Arguments.of(call("h", RECORDED), act(m -> m.call(CallRequest.of("S", "h", "", ATTEMPTED)))),
                Arguments.of(
                        send(RECORDED),
                        act(m -> m.oneWayCall(new SendRequest(CallRequest.of("S", "h", "", ATTEMPTED), 0)))),
                Arguments.of(
                        new Command.CompletePromise("p", value("old"), 1, ""),
                        act(m -> m.completePromise("p", value("new")))),
                Arguments.of(
                        new Command.CompleteAwakeable("a", value("old"), ""),
                        act(m -> m.completeAwakeable("a", value("new")))),
                Arguments.of(new Command.Output(value("old"), ""), act(m -> m.output(value("new")))));
    }

    private static Consumer<InvocationStateMachine> act(Consumer<InvocationStateMachine> action) {
        return action;
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void payload_differs_mismatchUnlessChecksAreDisabled(Command recorded, Consumer<InvocationStateMachine> attempted) {
        ReplayMismatchException mismatch = mismatch(Conversation.onV7().replay(recorded), attempted);
        assertThat(mismatch).hasMessageContaining("recorded 'old', attempted 'new'");

        Conversation lenient = Conversation.withoutPayloadChecks().replay(recorded);
        attempted.accept(lenient.machine);
        assertThat(lenient.machine.isReplaying()).isFalse();
    }

    @Test
    void payload_failureInsteadOfValue_mismatchesThoughChecksAreDisabled() {
        Conversation engine = Conversation.withoutPayloadChecks().replay(new Command.Output(FAILED, ""));

        mismatch(engine, m -> m.output(value("x")));
    }

    @Test
    void command_ofOtherType_mismatchNamesBoth() {
        Conversation engine = Conversation.onV7().replay(sleep(1), call("h", KEY));
        engine.machine.sleep(0, "");

        ReplayMismatchException mismatch = mismatch(engine, m -> m.getState("k"));

        assertThat(mismatch.commandIndex()).isEqualTo(2);
        assertThat(mismatch.recorded()).isEqualTo("call S/h");
        assertThat(mismatch.attempted()).isEqualTo("get state 'k'");
        assertThat(mismatch)
                .hasMessageContaining("recorded: call S/h")
                .hasMessageContaining("attempted: get state 'k'");
    }

    @Test
    void mismatch_reportedToEngine_namesTheAttemptedCommand() {
        Conversation engine = Conversation.onV7().replay(sleep(1));
        ReplayMismatchException mismatch = mismatch(engine, m -> m.run("charge"));
        engine.expect();

        engine.machine.fail(AttemptError.of(mismatch.code(), String.valueOf(mismatch.getMessage())));

        ErrorMessage error = engine.expectError(570);
        assertThat(error.relatedCommandIndex()).isEqualTo(1);
        assertThat(error.relatedCommandName()).isEqualTo("charge");
        assertThat(error.relatedCommandType()).isEqualTo(MessageType.RUN.code());
    }

    @Test
    void mismatch_followedByOtherCommands_isRepeated() {
        Conversation engine = Conversation.onV7().replay(sleep(1));
        ReplayMismatchException first = mismatch(engine, m -> m.run("charge"));

        assertThat(mismatch(engine, m -> m.sleep(0, ""))).isSameAs(first);
        assertThat(mismatch(engine, InvocationStateMachine::end)).isSameAs(first);
        assertThat(mismatch(engine, InvocationStateMachine::takeNotification)).isSameAs(first);
        engine.expect();
    }

    @Test
    void end_withUnusedCommands_mismatches() {
        Conversation engine = Conversation.onV7().replay(sleep(1), run(2, "a"));
        engine.machine.sleep(0, "");

        ReplayMismatchException mismatch = mismatch(engine, InvocationStateMachine::end);

        assertThat(mismatch.commandIndex()).isEqualTo(2);
        assertThat(mismatch.recorded()).isEqualTo("run (name 'a')");
        assertThat(mismatch.attempted()).isEqualTo("end");
    }

    @Test
    void await_addedBeforeRecordedCommands_mismatchNamesWhatIsAwaited() {
        Conversation engine = Conversation.onV7().replay(run(1, "charge"), sleep(2), sleepCompleted(2));
        engine.machine.run("charge");
        AwakeableHandle awakeable = engine.machine.createAwakeable();
        engine.machine.takeNotification();

        ReplayMismatchException mismatch = mismatch(
                engine, m -> m.awaitingOn(Conversation.race(leaf(1), leaf(awakeable.signal()), leaf(9)), false, null));

        assertThat(mismatch.recorded()).isEqualTo("sleep");
        assertThat(mismatch.attempted())
                .isEqualTo("await run 'charge' (command 1), awakeable " + awakeable.id() + ", completion 9");
    }

    @Test
    void await_ofARunThatWasNotAwaited_mismatchNamesTheCause() {
        Conversation engine = Conversation.onV7().replay(run(1, "charge"), sleep(2));
        engine.machine.run("charge");

        ReplayMismatchException mismatch = mismatch(engine, m -> m.awaitingOn(leaf(1), false, null));

        assertThat(mismatch.attempted()).isEqualTo("await run 'charge' (command 1)");
        assertThat(mismatch).hasMessageContaining("\n  cause: the handler went on without the result of run 'charge'");
    }

    @Test
    void await_ofATimerThatWasNotAwaited_mismatchNamesTheCause() {
        Conversation engine = Conversation.onV7().replay(sleep(1), run(2, "charge"));
        engine.machine.sleep(0, "");

        ReplayMismatchException mismatch = mismatch(engine, m -> m.suspend(leaf(1)));

        assertThat(mismatch.attempted()).isEqualTo("await timer (command 1)");
        assertThat(mismatch).hasMessageContaining("\n  cause: the handler went on without the result of timer");
    }

    @Test
    void await_ofSomethingFromOutside_mismatchNamesNoCause() {
        Conversation engine = Conversation.onV7().replay(sleep(1));
        AwakeableHandle awakeable = engine.machine.createAwakeable();

        ReplayMismatchException mismatch = mismatch(engine, m -> m.awaitingOn(leaf(awakeable.signal()), false, null));

        assertThat(mismatch.getMessage()).doesNotContain("cause:");
    }

    @Test
    void suspend_whileReplaying_mismatches() {
        Conversation engine = Conversation.onV7().replay(sleep(1), sleep(2));
        engine.machine.sleep(0, "");

        mismatch(engine, m -> m.suspend(leaf(1)));

        assertThat(engine.machine.isClosed()).isFalse();
    }

    private static ReplayMismatchException mismatch(Conversation engine, Consumer<InvocationStateMachine> attempted) {
        ReplayMismatchException thrown =
                catchThrowableOfType(ReplayMismatchException.class, () -> attempted.accept(engine.machine));
        assertThat(thrown).isNotNull();
        return thrown;
    }
}
