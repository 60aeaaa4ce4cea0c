package dev.reprise.sdk.serde;

import dev.reprise.protocol.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nothing: writes no bytes and ignores what it reads. */
final class NoSerde implements Serde<@Nullable Void> {
    static final NoSerde INSTANCE = new NoSerde();

    private NoSerde() {}

    @Override
    public Bytes serialize(@Nullable Void value) {
        return Bytes.EMPTY;
    }

    @Override
    public @Nullable Void deserialize(Bytes bytes) {
        return null;
    }

    @Override
    public Optional<String> contentType() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "Serde.none()";
    }
}
