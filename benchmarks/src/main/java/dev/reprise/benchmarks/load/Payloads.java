package dev.reprise.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Random bytes that come back; each call has others. */
final class Payloads implements Scenario {
    private final int bytes;
    private final Map<Integer, byte[]> bodies = new HashMap<>();

    Payloads(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public Call next(int worker, long sequence) {
        byte[] body = bodies.computeIfAbsent(worker, this::random);
        ByteBuffer.wrap(body).putLong(0, sequence).putInt(Long.BYTES, worker);
        return Call.binary("/Bench/payload", body);
    }

    private byte[] random(int seed) {
        byte[] body = new byte[bytes];
        new Random(seed).nextBytes(body);
        return body;
    }
}
