package dev.reprise.protocol.id;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * XXH3, 64 bits wide, with seed 0 and the default secret (xxHash specification 0.2.0, "XXH3 Algorithm Overview"). It
 * has one way for each range of lengths; all but the last mix the input with different places of the secret, the last
 * feeds stripes of 64 bytes into eight accumulators.
 */
final class Xxh3 {
    private static final long PRIME32_1 = 0x9E3779B1L;
    private static final long PRIME32_2 = 0x85EBCA77L;
    private static final long PRIME32_3 = 0xC2B2AE3DL;
    private static final long PRIME64_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME64_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME64_3 = 0x165667B19E3779F9L;
    private static final long PRIME64_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME64_5 = 0x27D4EB2F165667C5L;
    private static final long PRIME_MX1 = 0x165667919E3779F9L;
    private static final long PRIME_MX2 = 0x9FB21C651E98DF25L;

    private static final int STRIPE_BYTES = 64;
    private static final int BLOCK_BYTES = 1024;
    private static final int STRIPES_PER_BLOCK = BLOCK_BYTES / STRIPE_BYTES;

    private static final ByteBuffer SECRET = littleEndian(HexFormat.of()
            .parseHex("b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671f"
                    + "cb79e64eccc0e578825ad07dccff7221b8084674f743248ee03590e6813a264c"
                    + "3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
                    + "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364"
                    + "eac5ac8334d3ebc3c581a0fffa1363eb170ddd51b7f0da49d316552629d4689e"
                    + "2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"));
    private static final int SECRET_BYTES = SECRET.capacity();

    private Xxh3() {}

    static long hash(byte[] bytes) {
        ByteBuffer in = littleEndian(bytes);
        int length = bytes.length;
        if (length > 240) {
            return hashLong(in, length);
        }
        if (length > 128) {
            return hashUpTo240(in, length);
        }
        if (length > 16) {
            return hashUpTo128(in, length);
        }
        return hashUpTo16(in, length);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long hashUpTo16(ByteBuffer in, int length) {
        if (length > 8) {
            long low = secret(24) ^ secret(32) ^ in.getLong(0);
            long high = secret(40) ^ secret(48) ^ in.getLong(length - 8);
            return avalanche(length + Long.reverseBytes(low) + high + foldedProduct(low, high));
        }
        if (length > 3) {
            long first = in.getInt(0) & 0xFFFFFFFFL;
            long last = in.getInt(length - 4) & 0xFFFFFFFFL;
            long mixed = secret(8) ^ secret(16) ^ (last | first << 32);
            mixed = (mixed ^ Long.rotateLeft(mixed, 49) ^ Long.rotateLeft(mixed, 24)) * PRIME_MX2;
            mixed = (mixed ^ ((mixed >>> 35) + length)) * PRIME_MX2;
            return mixed ^ mixed >>> 28;
        }
        if (length > 0) {
            long first = in.get(0) & 0xFF;
            long middle = in.get(length >> 1) & 0xFF;
            long last = in.get(length - 1) & 0xFF;
            long combined = last | (long) length << 8 | first << 16 | middle << 24;
            return shortAvalanche(((SECRET.getInt(0) ^ SECRET.getInt(4)) & 0xFFFFFFFFL) ^ combined);
        }
        return shortAvalanche(secret(56) ^ secret(64));
    }

    private static long hashUpTo128(ByteBuffer in, int length) {
        long hash = length * PRIME64_1;
        for (int i = (length - 1) >> 5; i >= 0; i--) {
            hash += mixed(in, i * 16, i * 32);
            hash += mixed(in, length - i * 16 - 16, i * 32 + 16);
        }
        return avalanche(hash);
    }

    private static long hashUpTo240(ByteBuffer in, int length) {
        long hash = length * PRIME64_1;
        for (int i = 0; i < 8; i++) {
            hash += mixed(in, i * 16, i * 16);
        }
        hash = avalanche(hash);
        for (int i = 8; i < length >> 4; i++) {
            hash += mixed(in, i * 16, (i - 8) * 16 + 3);
        }
        return avalanche(hash + mixed(in, length - 16, 119));
    }

    private static long hashLong(ByteBuffer in, int length) {
        long[] lanes = {PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1};
        int stripes = (length - 1) / STRIPE_BYTES;
        for (int stripe = 0; stripe < stripes; stripe++) {
            int inBlock = stripe % STRIPES_PER_BLOCK;
            accumulate(lanes, in, stripe * STRIPE_BYTES, inBlock * 8);
            if (inBlock == STRIPES_PER_BLOCK - 1) {
                scramble(lanes);
            }
        }
        accumulate(lanes, in, length - STRIPE_BYTES, SECRET_BYTES - 71);
        return merge(lanes, length * PRIME64_1);
    }

    private static void accumulate(long[] lanes, ByteBuffer in, int from, int secretFrom) {
        for (int i = 0; i < 8; i++) {
            long word = in.getLong(from + i * 8);
            long keyed = word ^ secret(secretFrom + i * 8);
            lanes[i ^ 1] += word;
            lanes[i] += (keyed & 0xFFFFFFFFL) * (keyed >>> 32);
        }
    }

    private static void scramble(long[] lanes) {
        for (int i = 0; i < 8; i++) {
            lanes[i] = (lanes[i] ^ lanes[i] >>> 47 ^ secret(SECRET_BYTES - STRIPE_BYTES + i * 8)) * PRIME32_1;
        }
    }

    private static long merge(long[] lanes, long start) {
        long hash = start;
        for (int i = 0; i < 8; i += 2) {
            hash += foldedProduct(lanes[i] ^ secret(11 + i * 8), lanes[i + 1] ^ secret(19 + i * 8));
        }
        return avalanche(hash);
    }

    private static long mixed(ByteBuffer in, int from, int secretFrom) {
        return foldedProduct(in.getLong(from) ^ secret(secretFrom), in.getLong(from + 8) ^ secret(secretFrom + 8));
    }

    private static long secret(int from) {
        return SECRET.getLong(from);
    }

    /** The two halves of the 128-bit product, one on the other. */
    private static long foldedProduct(long left, long right) {
        return left * right ^ Math.unsignedMultiplyHigh(left, right);
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 37) * PRIME_MX1;
        return mixed ^ mixed >>> 32;
    }

    private static long shortAvalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * PRIME64_2;
        mixed = (mixed ^ mixed >>> 29) * PRIME64_3;
        return mixed ^ mixed >>> 32;
    }
}
