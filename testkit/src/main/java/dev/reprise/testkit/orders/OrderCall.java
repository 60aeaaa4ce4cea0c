package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.SerdeFactory;

/**
 * A call or a message that the handler sent to another handler.
 *
 * @param target the recipient
 * @param parameter the argument as it was sent
 * @param serdes how the handler writes values
 */
public record OrderCall(Target target, Bytes parameter, SerdeFactory serdes) {
    /**
     * The argument.
     *
     * @throws dev.reprise.sdk.serde.SerdeException when it is not of that type
     */
    public <T> T argument(Class<T> type) {
        return serdes.create(type).deserialize(parameter);
    }

    /** The target and the argument, as text. */
    @Override
    public String toString() {
        return target + "(" + OrderText.of(parameter) + ")";
    }
}
