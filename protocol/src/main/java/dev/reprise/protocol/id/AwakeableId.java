package dev.reprise.protocol.id;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Names an awakeable to the outside: a signal of an invocation. Its text form is {@code sign_1} and the URL-safe Base64
 * of the invocation id's bytes and the signal's index.
 *
 * @param invocationId who waits
 * @param signalIndex the signal that completes it
 */
public record AwakeableId(InvocationId invocationId, int signalIndex) {
    private static final String PREFIX = "sign_1";
    private static final int BYTES = InvocationId.BYTES + Integer.BYTES;

    /**
     * Reads the text form.
     *
     * @throws ProtocolException when it is not one
     */
    public static AwakeableId parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new ProtocolException(
                    "expected an awakeable id beginning with '" + PREFIX + "', found '" + text + "'");
        }
        ByteBuffer buffer = ByteBuffer.wrap(decode(text));
        if (buffer.remaining() != BYTES) {
            throw new ProtocolException(
                    "an awakeable id holds " + BYTES + " bytes, '" + text + "' holds " + buffer.remaining());
        }
        return new AwakeableId(InvocationId.read(buffer), buffer.getInt());
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("'" + text + "' is not URL-safe Base64 behind '" + PREFIX + "'");
        }
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        invocationId.write(buffer);
        buffer.putInt(signalIndex);
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Bytes.wrap(bytes).array());
    }
}
