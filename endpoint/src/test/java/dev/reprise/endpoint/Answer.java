package dev.reprise.endpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer, collected without a socket. */
final class Answer implements EndpointResponse {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile int status;
    private volatile Map<String, String> headers = Map.of();
    private volatile @Nullable RuntimeException failure;

    @Override
    public void head(int code, Map<String, String> fields) {
        status = code;
        headers = fields;
    }

    @Override
    public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        body.writeBytes(copy);
    }

    @Override
    public void end() {
        over.countDown();
    }

    @Override
    public void fail(RuntimeException cause) {
        failure = cause;
        over.countDown();
    }

    /** Waits until the answer is over. */
    Answer await() {
        try {
            if (!over.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer within 10 s; status " + status + ", body " + text());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body.toByteArray();
    }

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    @Nullable
    RuntimeException failure() {
        return failure;
    }
}
