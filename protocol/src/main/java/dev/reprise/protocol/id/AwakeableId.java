package dev.reprise.protocol.id;

import dev.reprise.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Names an awakeable to the outside: a signal of an invocation. Its text form is {@code sign_1} and the URL-safe Base64
 * of the invocation id's 24 bytes and the signal's index as four bytes, big-endian.
 *
 * <p>Ids of journals before protocol V5 began with {@code prom_1} and held a journal index instead. Their form is still
 * read, see {@link #parseLegacy}; none of our journals has such an awakeable.
 *
 * @param invocationId who waits
 * @param signalIndex the signal that completes it
 */
public record AwakeableId(InvocationId invocationId, int signalIndex) {
    private static final String PREFIX = "sign_1";
    private static final String LEGACY_PREFIX = "prom_1";
    private static final int BYTES = InvocationId.BYTES + Integer.BYTES;

    /**
     * What an id of the form before V5 names.
     *
     * @param invocationId who waits
     * @param entryIndex the awakeable's place in the journal
     */
    public record Legacy(InvocationId invocationId, int entryIndex) {}

    /**
     * Reads the text form.
     *
     * @throws ProtocolException when it is not one
     */
    public static AwakeableId parse(String text) {
        ByteBuffer buffer = decode(text, PREFIX);
        return new AwakeableId(InvocationId.read(buffer), buffer.getInt());
    }

    /** Whether a text begins as an id of the form before V5. */
    public static boolean isLegacy(String text) {
        return text.startsWith(LEGACY_PREFIX);
    }

    /**
     * Reads the text form in use before V5.
     *
     * @throws ProtocolException when it is not one
     */
    public static Legacy parseLegacy(String text) {
        ByteBuffer buffer = decode(text, LEGACY_PREFIX);
        return new Legacy(InvocationId.read(buffer), buffer.getInt());
    }

    private static ByteBuffer decode(String text, String prefix) {
        if (!text.startsWith(prefix)) {
            throw new ProtocolException(
                    "expected an awakeable id beginning with '" + prefix + "', found '" + text + "'");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(prefix.length())));
            if (buffer.remaining() != BYTES) {
                throw new ProtocolException(
                        "an awakeable id holds " + BYTES + " bytes, '" + text + "' holds " + buffer.remaining());
            }
            return buffer;
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("'" + text + "' is not URL-safe Base64 behind '" + prefix + "'");
        }
    }

    @Override
    public String toString() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        invocationId.write(buffer);
        buffer.putInt(signalIndex);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
