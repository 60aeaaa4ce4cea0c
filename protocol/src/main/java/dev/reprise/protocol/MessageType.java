package dev.reprise.protocol;

import java.util.Optional;

/**
 * The message types of the service protocol and their 16-bit codes: control from 0x0000, commands from 0x0400,
 * notifications from 0x8000, custom entries from 0xFC00.
 */
public enum MessageType {
    START(0x0000),
    SUSPENSION(0x0001),
    ERROR(0x0002),
    END(0x0003),
    COMMAND_ACK(0x0004),
    PROPOSE_RUN_COMPLETION(0x0005),
    AWAITING_ON(0x0006),
    PROPOSE_RUN_COMPLETION_ACK(0x0007),
    INPUT(0x0400),
    OUTPUT(0x0401),
    GET_LAZY_STATE(0x0402),
    SET_STATE(0x0403),
    CLEAR_STATE(0x0404),
    CLEAR_ALL_STATE(0x0405),
    GET_LAZY_STATE_KEYS(0x0406),
    GET_EAGER_STATE(0x0407),
    GET_EAGER_STATE_KEYS(0x0408),
    GET_PROMISE(0x0409),
    PEEK_PROMISE(0x040A),
    COMPLETE_PROMISE(0x040B),
    SLEEP(0x040C),
    CALL(0x040D),
    ONE_WAY_CALL(0x040E),
    SEND_SIGNAL(0x0410),
    RUN(0x0411),
    ATTACH_INVOCATION(0x0412),
    GET_INVOCATION_OUTPUT(0x0413),
    COMPLETE_AWAKEABLE(0x0414),
    GET_LAZY_STATE_COMPLETION(0x8002),
    GET_LAZY_STATE_KEYS_COMPLETION(0x8006),
    GET_PROMISE_COMPLETION(0x8009),
    PEEK_PROMISE_COMPLETION(0x800A),
    COMPLETE_PROMISE_COMPLETION(0x800B),
    SLEEP_COMPLETION(0x800C),
    CALL_COMPLETION(0x800D),
    CALL_INVOCATION_ID_COMPLETION(0x800E),
    RUN_COMPLETION(0x8011),
    ATTACH_INVOCATION_COMPLETION(0x8012),
    GET_INVOCATION_OUTPUT_COMPLETION(0x8013),
    SIGNAL(0xFBFF);

    /** The first code of the range for custom entries. */
    public static final int CUSTOM_RANGE_START = 0xFC00;

    private static final MessageType[] CONTROL = range(0x0000, 0x0010);
    private static final MessageType[] COMMANDS = range(0x0400, 0x0420);
    private static final MessageType[] COMPLETIONS = range(0x8000, 0x8020);

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public boolean isCommand() {
        return isCommand(code);
    }

    public boolean isNotification() {
        return isNotification(code);
    }

    /** Whether a code, known or not, lies in the commands' range. */
    public static boolean isCommand(int code) {
        return code >= 0x0400 && code < 0x8000;
    }

    /** Whether a code, known or not, lies in the notifications' range. */
    public static boolean isNotification(int code) {
        return code >= 0x8000 && code < CUSTOM_RANGE_START;
    }

    /** The type with this code; empty for an unknown or a custom one. */
    public static Optional<MessageType> ofCode(int code) {
        if (code == SIGNAL.code) {
            return Optional.of(SIGNAL);
        }
        return switch (code & ~0x1F) {
            case 0x0000 -> code < 0x10 ? Optional.ofNullable(CONTROL[code]) : Optional.empty();
            case 0x0400 -> Optional.ofNullable(COMMANDS[code - 0x0400]);
            case 0x8000 -> Optional.ofNullable(COMPLETIONS[code - 0x8000]);
            default -> Optional.empty();
        };
    }

    /** The type of a command. */
    public static MessageType of(Command command) {
        return switch (command) {
            case Command.Input ignored -> INPUT;
            case Command.Output ignored -> OUTPUT;
            case Command.GetLazyState ignored -> GET_LAZY_STATE;
            case Command.SetState ignored -> SET_STATE;
            case Command.ClearState ignored -> CLEAR_STATE;
            case Command.ClearAllState ignored -> CLEAR_ALL_STATE;
            case Command.GetLazyStateKeys ignored -> GET_LAZY_STATE_KEYS;
            case Command.GetEagerState ignored -> GET_EAGER_STATE;
            case Command.GetEagerStateKeys ignored -> GET_EAGER_STATE_KEYS;
            case Command.GetPromise ignored -> GET_PROMISE;
            case Command.PeekPromise ignored -> PEEK_PROMISE;
            case Command.CompletePromise ignored -> COMPLETE_PROMISE;
            case Command.Sleep ignored -> SLEEP;
            case Command.Call ignored -> CALL;
            case Command.OneWayCall ignored -> ONE_WAY_CALL;
            case Command.SendSignal ignored -> SEND_SIGNAL;
            case Command.Run ignored -> RUN;
            case Command.AttachInvocation ignored -> ATTACH_INVOCATION;
            case Command.GetInvocationOutput ignored -> GET_INVOCATION_OUTPUT;
            case Command.CompleteAwakeable ignored -> COMPLETE_AWAKEABLE;
        };
    }

    private static MessageType[] range(int fromInclusive, int toExclusive) {
        MessageType[] types = new MessageType[toExclusive - fromInclusive];
        for (MessageType type : values()) {
            if (type.code >= fromInclusive && type.code < toExclusive) {
                types[type.code - fromInclusive] = type;
            }
        }
        return types;
    }
}
