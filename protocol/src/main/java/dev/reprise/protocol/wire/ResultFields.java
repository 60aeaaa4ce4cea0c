package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import java.util.List;

/** In which field a message keeps each kind of result; 0 for a kind it does not allow. */
record ResultFields(int empty, int value, int failure, int invocationId, int stateKeys) {
    static final ResultFields OUTPUT = new ResultFields(0, 14, 15, 0, 0);
    static final ResultFields EAGER_STATE = new ResultFields(13, 14, 0, 0, 0);
    /** Of the commands that complete a promise or an awakeable. */
    static final ResultFields COMPLETE = new ResultFields(0, 2, 3, 0, 0);

    static final ResultFields SIGNAL = new ResultFields(4, 5, 6, 0, 0);
    private static final ResultFields EMPTY = new ResultFields(4, 0, 0, 0, 0);
    private static final ResultFields EMPTY_OR_VALUE = new ResultFields(4, 5, 0, 0, 0);
    private static final ResultFields EMPTY_OR_FAILURE = new ResultFields(4, 0, 6, 0, 0);
    private static final ResultFields VALUE_OR_FAILURE = new ResultFields(0, 5, 6, 0, 0);
    private static final ResultFields INVOCATION_ID = new ResultFields(0, 0, 0, 16, 0);
    private static final ResultFields STATE_KEYS = new ResultFields(0, 0, 0, 0, 17);

    /** Those of a notification. All notifications share the field numbers, each type allows some. */
    static ResultFields of(MessageType notification) {
        return switch (notification) {
            case GET_LAZY_STATE_COMPLETION -> EMPTY_OR_VALUE;
            case GET_LAZY_STATE_KEYS_COMPLETION -> STATE_KEYS;
            case COMPLETE_PROMISE_COMPLETION -> EMPTY_OR_FAILURE;
            case SLEEP_COMPLETION -> EMPTY;
            case CALL_INVOCATION_ID_COMPLETION -> INVOCATION_ID;
            case GET_PROMISE_COMPLETION, CALL_COMPLETION, RUN_COMPLETION, ATTACH_INVOCATION_COMPLETION ->
                VALUE_OR_FAILURE;
            case PEEK_PROMISE_COMPLETION, GET_INVOCATION_OUTPUT_COMPLETION, SIGNAL -> SIGNAL;
            default -> throw new IllegalArgumentException(notification + " is not a notification");
        };
    }

    /**
     * Writes a result.
     *
     * @throws IllegalArgumentException when the message does not allow it
     */
    void write(ProtoWriter writer, Result result) {
        switch (result) {
            case Result.Empty() -> writer.message(allowed(empty, result), new ProtoWriter());
            case Result.Value(Bytes content) -> writer.message(allowed(value, result), SharedMessages.value(content));
            case Result.Failed(Failure failed) ->
                writer.message(allowed(failure, result), SharedMessages.failure(failed));
            case Result.InvocationIdValue(String id) -> writer.optional(allowed(invocationId, result), id);
            case Result.StateKeys(List<Bytes> keys) ->
                writer.message(allowed(stateKeys, result), SharedMessages.stateKeys(keys));
        }
    }

    private static int allowed(int field, Result result) {
        if (field == 0) {
            throw new IllegalArgumentException("this message cannot carry " + result);
        }
        return field;
    }

    /**
     * Reads the result.
     *
     * @throws ProtocolException when there is none, unless the message allows a single kind that may be left out
     */
    Result read(ProtoFields fields) {
        int found = fields.lastOf(empty, value, failure, invocationId, stateKeys);
        if (found == 0) {
            return missing();
        }
        if (found == value) {
            return new Result.Value(SharedMessages.readValue(fields, value));
        }
        if (found == failure) {
            return new Result.Failed(SharedMessages.readFailure(fields, failure));
        }
        if (found == invocationId) {
            return new Result.InvocationIdValue(fields.string(invocationId));
        }
        if (found == stateKeys) {
            return new Result.StateKeys(fields.message(stateKeys).allBytes(1));
        }
        fields.message(empty);
        return Result.Empty.INSTANCE;
    }

    private Result missing() {
        if (equals(EMPTY)) {
            return Result.Empty.INSTANCE;
        }
        if (equals(STATE_KEYS)) {
            return new Result.StateKeys(List.of());
        }
        throw new ProtocolException("the message must have a result and has none");
    }
}
