package dev.reprise.sdk.serde;

import dev.reprise.protocol.Bytes;

/** Byte arrays, copied in both directions so that nobody can change a journal entry. */
final class RawSerde implements Serde<byte[]> {
    static final RawSerde INSTANCE = new RawSerde();

    private RawSerde() {}

    @Override
    public Bytes serialize(byte[] value) {
        return Bytes.copyOf(value);
    }

    @Override
    public byte[] deserialize(Bytes bytes) {
        return bytes.toArray();
    }

    @Override
    public String toString() {
        return "Serde.raw()";
    }
}
