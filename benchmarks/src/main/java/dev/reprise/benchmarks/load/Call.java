package dev.reprise.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * A request and the answer it must get.
 *
 * @param start method and path
 * @param headers further header lines, each with its line end
 * @param body empty for none
 * @param expected the body of the answer, where the scenario does not check it itself
 * @param status the status of the answer
 */
record Call(String start, String headers, byte[] body, byte[] expected, int status) {
    private static final String JSON = "content-type: application/json\r\n";
    private static final byte[] NOTHING = {};

    static Call json(String path, String body, String expected) {
        return new Call("POST " + path, JSON, bytes(body), bytes(expected), 200);
    }

    static Call binary(String path, byte[] body) {
        return new Call("POST " + path, "content-type: application/octet-stream\r\n", body, body, 200);
    }

    /** A one-way send that is accepted once, however often it is sent. */
    static Call send(String path, String body, String idempotencyKey, String expected) {
        String headers = JSON + "idempotency-key: " + idempotencyKey + "\r\n";
        return new Call("POST " + path, headers, bytes(body), bytes(expected), 202);
    }

    static Call read(String path, String expected) {
        return new Call("GET " + path, "", NOTHING, bytes(expected), 200);
    }

    byte[] head(int port) {
        String length = start.startsWith("GET") ? "" : "content-length: " + body.length + "\r\n";
        return bytes(start + " HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\n" + headers + length + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
