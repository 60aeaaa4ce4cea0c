package dev.reprise.protocol.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of the SHA-256 digest of texts joined by commas: how Restate derives the id of a known request.
 */
record Digest(long high, long low) {
    /** Digests the parts that are not null. */
    static Digest of(@Nullable String... parts) {
        String joined = Arrays.stream(parts).filter(Objects::nonNull).collect(Collectors.joining(","));
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(joined.getBytes(StandardCharsets.UTF_8)));
        return new Digest(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM must have SHA-256", e);
        }
    }
}
