package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An object's state and a workflow's promises, as a handler sees them. */
class StateAndPromisesTest {
    private static final StateKey<Integer> COUNT = StateKey.of("count", Integer.class);
    private static final StateKey<List<String>> NAMES = StateKey.of("names", new TypeRef<List<String>>() {});
    private static final StateKey<byte[]> RAW = StateKey.of("raw", Serde.raw());
    private static final List<StateEntry> STATE = List.of(
            new StateEntry(Bytes.utf8("count"), Bytes.utf8("3")), new StateEntry(Bytes.utf8("raw"), Bytes.utf8("ab")));

    @Test
    void state_readWrittenAndCleared_isSeenAtOnce() {
        FakeAttempt attempt = Attempts.object(STATE, (ctx, nothing) -> {
            StringBuilder seen = new StringBuilder();
            seen.append(ctx.get(COUNT))
                    .append(ctx.get(NAMES))
                    .append(ctx.get(RAW).orElseThrow().length);
            ctx.set(NAMES, List.of("Ada"));
            ctx.set(COUNT, ctx.get(COUNT).orElse(0) + 1);
            seen.append(ctx.get(COUNT)).append(ctx.get(NAMES)).append(ctx.stateKeys());
            ctx.clear(RAW);
            seen.append(ctx.get(RAW)).append(ctx.stateKeys());
            ctx.clearAll();
            return seen.append(ctx.stateKeys()).append(ctx.get(COUNT)).toString();
        });
        assertThat(Attempts.text(attempt))
                .isEqualTo("Optional[3]Optional.empty2Optional[4]Optional[[Ada]][count, names, raw]"
                        + "Optional.empty[count, names][]Optional.empty");
        assertThat(attempt.sent(Command.SetState.class))
                .containsExactly(
                        new Command.SetState(Bytes.utf8("names"), Bytes.utf8("[\"Ada\"]"), ""),
                        new Command.SetState(Bytes.utf8("count"), Bytes.utf8("4"), ""));
    }

    @Test
    void state_ofAnotherType_saysWhichKeyAndWhatWasExpected() {
        FakeAttempt attempt = Attempts.object(
                List.of(new StateEntry(Bytes.utf8("count"), Bytes.utf8("\"many\""))),
                (ctx, nothing) -> "" + ctx.get(COUNT));
        assertThat(Attempts.error(attempt).message())
                .contains("The value of state key count cannot be read", "java.lang.Integer", "many");
    }

    @Test
    void stateKeys_ofOneNameAndDifferentTypes_readTheSameBytes() {
        FakeAttempt attempt = Attempts.object(
                STATE, (ctx, nothing) -> "" + ctx.get(COUNT) + ctx.get(StateKey.of("count", String.class)));
        assertThat(Attempts.text(attempt)).isEqualTo("Optional[3]Optional[3]");
    }

    @Test
    void promise_peekedResolvedAndAwaited_givesItsValue() {
        FakeAttempt attempt = Attempts.workflow((ctx, nothing) -> {
            var promise = ctx.promise("go", Integer.class);
            String before = promise.peek().toString();
            promise.resolve(7);
            return before + promise.get().await();
        });
        attempt.receive(FakeAttempt.completion(MessageType.PEEK_PROMISE_COMPLETION, 1, Result.Empty.INSTANCE))
                .receive(FakeAttempt.completion(MessageType.COMPLETE_PROMISE_COMPLETION, 2, Result.Empty.INSTANCE))
                .receive(FakeAttempt.completion(MessageType.GET_PROMISE_COMPLETION, 3, FakeAttempt.json("7")));
        assertThat(Attempts.text(attempt)).isEqualTo("Optional.empty7");
    }

    @Test
    void promise_rejected_peekAndGetThrowItsReason() {
        FakeAttempt attempt = Attempts.workflow((ctx, nothing) -> {
            ctx.promise("go", String.class).reject(new TerminalException(418, "no"));
            try {
                return "" + ctx.promise("go", String.class).peek();
            } catch (TerminalException e) {
                return ctx.promise("go", String.class).get().await();
            }
        });
        Result no = new Result.Failed(new Failure(418, "no"));
        assertThat(Attempts.only(attempt, Command.CompletePromise.class).completion())
                .isEqualTo(no);
        attempt.receive(FakeAttempt.completion(MessageType.COMPLETE_PROMISE_COMPLETION, 1, Result.Empty.INSTANCE))
                .receive(FakeAttempt.completion(MessageType.PEEK_PROMISE_COMPLETION, 2, no))
                .receive(FakeAttempt.completion(MessageType.GET_PROMISE_COMPLETION, 3, no));
        assertThat(Attempts.failure(attempt)).isEqualTo(new Failure(418, "no"));
    }

    @Test
    void promise_completedTwice_isATerminalFailure() {
        FakeAttempt attempt = Attempts.workflow((ctx, nothing) -> {
            ctx.promise("go", String.class).resolve("again");
            return "resolved";
        });
        attempt.receive(FakeAttempt.completion(
                MessageType.COMPLETE_PROMISE_COMPLETION, 1, new Result.Failed(new Failure(409, "completed before"))));
        assertThat(Attempts.failure(attempt)).isEqualTo(new Failure(409, "completed before"));
    }
}
