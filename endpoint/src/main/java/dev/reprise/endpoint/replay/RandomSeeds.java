package dev.reprise.endpoint.replay;

import dev.reprise.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The seed that the original server of version 1.7 gives the random numbers of an invocation: a hash of its id's bytes,
 * which are preceded by their number. The hash is SipHash (Aumasson and Bernstein 2012) with one round for each word,
 * three at the end, and a key of zeros.
 */
final class RandomSeeds {
    private static final int LAST_WORD_SHIFT = 56;

    private long v0 = 0x736f6d6570736575L;
    private long v1 = 0x646f72616e646f6dL;
    private long v2 = 0x6c7967656e657261L;
    private long v3 = 0x7465646279746573L;

    private RandomSeeds() {}

    /** The seed of the invocation whose id has these 24 bytes. */
    static long of(Bytes id) {
        ByteBuffer words = ByteBuffer.wrap(id.array()).order(ByteOrder.LITTLE_ENDIAN);
        var hash = new RandomSeeds();
        hash.add(id.size());
        while (words.hasRemaining()) {
            hash.add(words.getLong());
        }
        return hash.end(Long.BYTES + id.size());
    }

    private void add(long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    private long end(long length) {
        add(length << LAST_WORD_SHIFT);
        v2 ^= 0xff;
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
