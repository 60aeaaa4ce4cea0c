package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.Result;
import java.util.List;
import java.util.stream.Stream;

/** A message, its type, and the same message in protobuf's text form, every field with a value of its own. */
record Sample(MessageType type, Message message, String text) {
    private static final Result EMPTY = Result.Empty.INSTANCE;
    private static final Result VALUE = new Result.Value(Bytes.utf8("v"));
    private static final Result FAILED =
            new Result.Failed(new Failure(409, "no", List.of(new Failure.Metadata("a", "b"))));
    private static final String FAILURE_TEXT = "{ code: 409 message: \"no\" metadata { key: \"a\" value: \"b\" } }";
    private static final List<Header> HEADERS = List.of(new Header("h", "1"), new Header("h", "2"));
    private static final FutureTree TREE = FutureTree.all(List.of(
            FutureTree.of(new CompletionId(3)),
            FutureTree.unknown(List.of(FutureTree.of(new SignalIndex(17)), FutureTree.of(new SignalName("go"))))));
    private static final String TREE_TEXT = "{ waiting_completions: 3 combinator_type: ALL_SUCCEEDED_OR_FIRST_FAILED"
            + " nested_futures { waiting_signals: 17 waiting_named_signals: \"go\" } }";

    static List<Sample> all() {
        return Stream.of(control(), state(), calls(), commands(), notifications())
                .flatMap(List::stream)
                .toList();
    }

    private static Sample of(MessageType type, Message message, String text) {
        return new Sample(type, message, text);
    }

    private static List<Sample> control() {
        return List.of(
                of(
                        MessageType.START,
                        new ControlMessage.Start(
                                Bytes.utf8("id"),
                                "inv_1",
                                3,
                                List.of(new ControlMessage.StateEntry(Bytes.utf8("k"), Bytes.utf8("w"))),
                                true,
                                "key",
                                7,
                                8,
                                -9,
                                "s",
                                "l",
                                "i"),
                        "id: 'id' debug_id: 'inv_1' known_entries: 3 state_map { key: 'k' value: 'w' }"
                                + " partial_state: true key: 'key' retry_count_since_last_stored_entry: 7"
                                + " duration_since_last_stored_entry: 8 random_seed: 18446744073709551607"
                                + " scope: 's' limit_key: 'l' idempotency_key: 'i'"),
                of(MessageType.SUSPENSION, new ControlMessage.Suspension(TREE), "awaiting_on " + TREE_TEXT),
                of(
                        MessageType.ERROR,
                        new ControlMessage.ErrorMessage(1, "2", "3", 0, "5", 6, 8L, ErrorBehavior.PAUSE),
                        "code: 1 message: '2' stacktrace: '3' related_command_index: 0 related_command_name: '5'"
                                + " related_command_type: 6 next_retry_delay: 8 behavior: PAUSE"),
                of(
                        MessageType.ERROR,
                        new ControlMessage.ErrorMessage(-1, "", "", null, null, null, null, ErrorBehavior.FAIL),
                        "code: 4294967295 behavior: FAIL"),
                of(MessageType.END, ControlMessage.End.INSTANCE, ""),
                of(MessageType.COMMAND_ACK, new ControlMessage.CommandAck(7), "command_index: 7"),
                of(
                        MessageType.PROPOSE_RUN_COMPLETION,
                        new ControlMessage.ProposeRunCompletion(4, new Result.Value(Bytes.EMPTY)),
                        "result_completion_id: 4 value: ''"),
                of(
                        MessageType.PROPOSE_RUN_COMPLETION,
                        new ControlMessage.ProposeRunCompletion(4, FAILED),
                        "result_completion_id: 4 failure " + FAILURE_TEXT),
                of(
                        MessageType.AWAITING_ON,
                        new ControlMessage.AwaitingOn(TREE, true),
                        "awaiting_on " + TREE_TEXT + " executing_side_effects: true"),
                of(
                        MessageType.PROPOSE_RUN_COMPLETION_ACK,
                        new ControlMessage.ProposeRunCompletionAck(9),
                        "completion_id: 9"));
    }

    private static List<Sample> state() {
        Bytes key = Bytes.utf8("k");
        return List.of(
                of(
                        MessageType.GET_LAZY_STATE,
                        new Command.GetLazyState(key, 1, "n"),
                        "key: 'k' result_completion_id: 1 name: 'n'"),
                of(
                        MessageType.SET_STATE,
                        new Command.SetState(key, Bytes.utf8("v"), "n"),
                        "key: 'k' value { content: 'v' } name: 'n'"),
                of(MessageType.CLEAR_STATE, new Command.ClearState(key, "n"), "key: 'k' name: 'n'"),
                of(MessageType.CLEAR_ALL_STATE, new Command.ClearAllState("n"), "name: 'n'"),
                of(
                        MessageType.GET_LAZY_STATE_KEYS,
                        new Command.GetLazyStateKeys(1, "n"),
                        "result_completion_id: 1 name: 'n'"),
                of(
                        MessageType.GET_EAGER_STATE,
                        new Command.GetEagerState(key, EMPTY, "n"),
                        "key: 'k' void {} name: 'n'"),
                of(
                        MessageType.GET_EAGER_STATE,
                        new Command.GetEagerState(key, VALUE, "n"),
                        "key: 'k' value { content: 'v' } name: 'n'"),
                of(
                        MessageType.GET_EAGER_STATE_KEYS,
                        new Command.GetEagerStateKeys(List.of(key, Bytes.EMPTY), "n"),
                        "value { keys: 'k' keys: '' } name: 'n'"));
    }

    private static List<Sample> calls() {
        return List.of(
                of(
                        MessageType.CALL,
                        new Command.Call("s", "h", Bytes.utf8("p"), HEADERS, "k", "i", "sc", "l", 10, 11, "n"),
                        "service_name: 's' handler_name: 'h' parameter: 'p' headers { key: 'h' value: '1' }"
                                + " headers { key: 'h' value: '2' } key: 'k' idempotency_key: 'i' scope: 'sc'"
                                + " limit_key: 'l' invocation_id_notification_idx: 10 result_completion_id: 11"
                                + " name: 'n'"),
                of(
                        MessageType.ONE_WAY_CALL,
                        new Command.OneWayCall("s", "h", Bytes.utf8("p"), 4, HEADERS, "k", "i", "sc", "l", 10, "n"),
                        "service_name: 's' handler_name: 'h' parameter: 'p' invoke_time: 4"
                                + " headers { key: 'h' value: '1' } headers { key: 'h' value: '2' } key: 'k'"
                                + " idempotency_key: 'i' scope: 'sc' limit_key: 'l'"
                                + " invocation_id_notification_idx: 10 name: 'n'"),
                of(
                        MessageType.SEND_SIGNAL,
                        new Command.SendSignal("inv_1", new SignalName("go"), FAILED, "n"),
                        "target_invocation_id: 'inv_1' name: 'go' failure " + FAILURE_TEXT + " entry_name: 'n'"),
                of(
                        MessageType.SEND_SIGNAL,
                        new Command.SendSignal("inv_1", SignalIndex.CANCEL, EMPTY, "n"),
                        "target_invocation_id: 'inv_1' idx: 1 void {} entry_name: 'n'"),
                of(
                        MessageType.ATTACH_INVOCATION,
                        new Command.AttachInvocation(new InvocationReference.ById("inv_1"), 11, "n"),
                        "invocation_id: 'inv_1' result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.ATTACH_INVOCATION,
                        new Command.AttachInvocation(
                                new InvocationReference.ByIdempotencyKey("s", null, "h", "i", null), 11, "n"),
                        "idempotent_request_target { service_name: 's' handler_name: 'h' idempotency_key: 'i' }"
                                + " result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.GET_INVOCATION_OUTPUT,
                        new Command.GetInvocationOutput(
                                new InvocationReference.ByIdempotencyKey("s", "k", "h", "i", "sc"), 11, "n"),
                        "idempotent_request_target { service_name: 's' service_key: 'k' handler_name: 'h'"
                                + " idempotency_key: 'i' scope: 'sc' } result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.GET_INVOCATION_OUTPUT,
                        new Command.GetInvocationOutput(new InvocationReference.ByWorkflow("w", "k", "sc"), 11, "n"),
                        "workflow_target { workflow_name: 'w' workflow_key: 'k' scope: 'sc' }"
                                + " result_completion_id: 11 name: 'n'"));
    }

    private static List<Sample> commands() {
        return List.of(
                of(
                        MessageType.INPUT,
                        new Command.Input(HEADERS, Bytes.utf8("v"), "n"),
                        "headers { key: 'h' value: '1' } headers { key: 'h' value: '2' } value { content: 'v' }"
                                + " name: 'n'"),
                of(MessageType.OUTPUT, new Command.Output(VALUE, "n"), "value { content: 'v' } name: 'n'"),
                of(MessageType.OUTPUT, new Command.Output(FAILED, "n"), "failure " + FAILURE_TEXT + " name: 'n'"),
                of(
                        MessageType.GET_PROMISE,
                        new Command.GetPromise("p", 11, "n"),
                        "key: 'p' result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.PEEK_PROMISE,
                        new Command.PeekPromise("p", 11, "n"),
                        "key: 'p' result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.COMPLETE_PROMISE,
                        new Command.CompletePromise("p", VALUE, 11, "n"),
                        "key: 'p' completion_value { content: 'v' } result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.COMPLETE_PROMISE,
                        new Command.CompletePromise("p", FAILED, 11, "n"),
                        "key: 'p' completion_failure " + FAILURE_TEXT + " result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.SLEEP,
                        new Command.Sleep(1L << 40, 11, "n"),
                        "wake_up_time: 1099511627776 result_completion_id: 11 name: 'n'"),
                of(MessageType.RUN, new Command.Run(11, "n"), "result_completion_id: 11 name: 'n'"),
                of(
                        MessageType.COMPLETE_AWAKEABLE,
                        new Command.CompleteAwakeable("sign_1", VALUE, "n"),
                        "awakeable_id: 'sign_1' value { content: 'v' } name: 'n'"),
                of(
                        MessageType.COMPLETE_AWAKEABLE,
                        new Command.CompleteAwakeable("sign_1", FAILED, "n"),
                        "awakeable_id: 'sign_1' failure " + FAILURE_TEXT + " name: 'n'"));
    }

    private static Sample completion(MessageType type, Result result, String text) {
        return of(type, new Notification(type, new CompletionId(300), result), "completion_id: 300 " + text);
    }

    private static List<Sample> notifications() {
        Result keys = new Result.StateKeys(List.of(Bytes.utf8("k"), Bytes.EMPTY));
        String value = "value { content: 'v' }";
        String failure = "failure " + FAILURE_TEXT;
        return List.of(
                completion(MessageType.GET_LAZY_STATE_COMPLETION, EMPTY, "void {}"),
                completion(MessageType.GET_LAZY_STATE_COMPLETION, VALUE, value),
                completion(MessageType.GET_LAZY_STATE_KEYS_COMPLETION, keys, "state_keys { keys: 'k' keys: '' }"),
                completion(MessageType.GET_PROMISE_COMPLETION, FAILED, failure),
                completion(MessageType.PEEK_PROMISE_COMPLETION, EMPTY, "void {}"),
                completion(MessageType.COMPLETE_PROMISE_COMPLETION, FAILED, failure),
                completion(MessageType.SLEEP_COMPLETION, EMPTY, "void {}"),
                completion(MessageType.CALL_COMPLETION, VALUE, value),
                completion(
                        MessageType.CALL_INVOCATION_ID_COMPLETION,
                        new Result.InvocationIdValue("inv_1"),
                        "invocation_id: 'inv_1'"),
                completion(MessageType.RUN_COMPLETION, FAILED, failure),
                completion(MessageType.ATTACH_INVOCATION_COMPLETION, VALUE, value),
                completion(MessageType.GET_INVOCATION_OUTPUT_COMPLETION, EMPTY, "void {}"),
                of(
                        MessageType.SIGNAL,
                        new Notification(MessageType.SIGNAL, SignalIndex.CANCEL, EMPTY),
                        "idx: 1 void {}"),
                of(
                        MessageType.SIGNAL,
                        new Notification(MessageType.SIGNAL, new SignalName(""), VALUE),
                        "name: '' " + value),
                of(
                        MessageType.SIGNAL,
                        new Notification(MessageType.SIGNAL, new SignalIndex(17), FAILED),
                        "idx: 17 " + failure));
    }
}
