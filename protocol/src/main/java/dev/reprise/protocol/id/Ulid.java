package dev.reprise.protocol.id;

/** The layout of ids that sort by age: 48 bits of milliseconds since the epoch, 80 bits of chance (the ULID format). */
final class Ulid {
    private Ulid() {}

    /** The first 64 of the 128 bits. */
    static long high(long nowMillis, long random) {
        return nowMillis << 16 | random & 0xFFFF;
    }
}
