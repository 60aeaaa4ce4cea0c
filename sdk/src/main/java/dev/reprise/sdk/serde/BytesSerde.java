package dev.reprise.sdk.serde;

import dev.reprise.protocol.Bytes;

/** {@link Bytes} unchanged, without a copy. */
final class BytesSerde implements Serde<Bytes> {
    static final BytesSerde INSTANCE = new BytesSerde();

    private BytesSerde() {}

    @Override
    public Bytes serialize(Bytes value) {
        return value;
    }

    @Override
    public Bytes deserialize(Bytes bytes) {
        return bytes;
    }
}
