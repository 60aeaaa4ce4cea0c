package dev.reprise.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Puts the answers of one connection together, HTTP/1.1, one after the other. */
final class ResponseReader {
    private static final int CHUNKED = -1;
    private static final int UNKNOWN = -2;
    private static final int NO_CONTENT = 204;
    private static final String VERSION = "HTTP/1.1 ";

    private byte[] bytes = new byte[8192];
    private int filled;
    /** 0 while the head is not complete. */
    private int bodyStart;

    private int length;
    private int status;
    private boolean closes;

    /** Forgets what has come so far. */
    void clear() {
        filled = 0;
        bodyStart = 0;
    }

    /** Of the answer that was last complete. */
    int status() {
        return status;
    }

    /** Whether the server closes the connection behind the answer that was last complete. */
    boolean closes() {
        return closes;
    }

    /** Takes what has come; the body once the answer is complete. */
    Optional<byte[]> add(ByteBuffer input) throws BrokenConnectionException {
        int count = input.remaining();
        if (filled + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(filled + count, bytes.length * 2));
        }
        input.get(bytes, filled, count);
        filled += count;
        if (bodyStart == 0 && !readHead()) {
            return Optional.empty();
        }
        Optional<byte[]> body = length == CHUNKED ? chunkedBody() : plainBody();
        if (body.isPresent()) {
            clear();
        }
        return body;
    }

    private Optional<byte[]> plainBody() {
        return filled - bodyStart < length
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(bytes, bodyStart, bodyStart + length));
    }

    private Optional<byte[]> chunkedBody() throws BrokenConnectionException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(filled - bodyStart);
        int at = bodyStart;
        while (true) {
            int lineEnd = lineEnd(at);
            if (lineEnd < 0) {
                return Optional.empty();
            }
            int size = chunkSize(at, lineEnd);
            int data = lineEnd + 2;
            if (data + size + 2 > filled) {
                return Optional.empty();
            }
            if (size == 0) {
                return Optional.of(body.toByteArray());
            }
            body.write(bytes, data, size);
            at = data + size + 2;
        }
    }

    private int chunkSize(int from, int to) throws BrokenConnectionException {
        String line = text(from, to);
        try {
            return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException _) {
            throw new BrokenConnectionException("expected the size of a chunk, found \"" + line + "\"");
        }
    }

    private int lineEnd(int from) {
        for (int i = from; i + 1 < filled; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean readHead() throws BrokenConnectionException {
        int start = 0;
        int end = lineEnd(0);
        while (end > start) {
            start = end + 2;
            end = lineEnd(start);
        }
        if (end < 0) {
            return false;
        }
        head(text(0, end).split("\r\n", -1));
        bodyStart = end + 2;
        return true;
    }

    private void head(String[] lines) throws BrokenConnectionException {
        if (!lines[0].startsWith(VERSION)) {
            throw new BrokenConnectionException("expected an HTTP/1.1 answer, found \"" + lines[0] + "\"");
        }
        status = Integer.parseInt(lines[0], VERSION.length(), VERSION.length() + 3, 10);
        length = status == NO_CONTENT ? 0 : UNKNOWN;
        closes = false;
        for (int i = 1; i < lines.length - 1; i++) {
            header(lines[i]);
        }
        if (length == UNKNOWN) {
            throw new BrokenConnectionException("expected an answer with a length, found none");
        }
    }

    private void header(String line) throws BrokenConnectionException {
        String[] nameAndValue = line.split(":", 2);
        if (nameAndValue.length < 2) {
            throw new BrokenConnectionException("expected a header, found \"" + line + "\"");
        }
        String value = nameAndValue[1].strip();
        switch (nameAndValue[0].toLowerCase(Locale.ROOT)) {
            case "content-length" -> length = Integer.parseInt(value);
            case "transfer-encoding" -> length = CHUNKED;
            case "connection" -> closes = value.equalsIgnoreCase("close");
            default -> {} // says nothing about where the answer ends
        }
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
