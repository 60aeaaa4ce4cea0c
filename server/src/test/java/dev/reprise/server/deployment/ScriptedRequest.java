package dev.reprise.server.deployment;

import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request as its script sees it: messages in and out, one thread. */
final class ScriptedRequest {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final InputStream in;
    private final OutputStream out;
    private final FrameDecoder decoder = new FrameDecoder();
    private final Queue<RawMessage> received = new ArrayDeque<>();

    ScriptedRequest(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.in = Content.Source.asInputStream(request);
        this.out = Content.Sink.asOutputStream(response);
    }

    String path() {
        return request.getHttpURI().getPathQuery();
    }

    String method() {
        return request.getMethod();
    }

    String protocol() {
        return request.getConnectionMetaData().getHttpVersion().asString();
    }

    String header(String name) {
        String value = request.getHeaders().get(name);
        return value == null ? "" : value;
    }

    /** Begins the answer as a handler does. */
    ScriptedRequest accept() throws IOException {
        return answer(200, header("content-type"));
    }

    ScriptedRequest answer(int status, String contentType) throws IOException {
        response.setStatus(status);
        response.getHeaders().put("content-type", contentType);
        out.flush();
        return this;
    }

    ScriptedRequest with(String header, String value) {
        response.getHeaders().put(header, value);
        return this;
    }

    /** The next message; empty when the request has ended. */
    Optional<RawMessage> receive() throws IOException {
        byte[] chunk = new byte[16 << 10];
        while (received.isEmpty()) {
            int length = in.read(chunk);
            if (length < 0) {
                decoder.requireFrameEnd();
                return Optional.empty();
            }
            decoder.decode(ByteBuffer.wrap(chunk, 0, length)).stream()
                    .map(Frame::message)
                    .forEach(received::add);
        }
        return Optional.of(received.remove());
    }

    /** The whole body of a request that has no messages. */
    byte[] receiveBytes() throws IOException {
        return in.readAllBytes();
    }

    /** Takes messages until the request ends; answers how many. */
    int receiveAll() throws IOException {
        int count = 0;
        while (receive().isPresent()) {
            count++;
        }
        return count;
    }

    void send(RawMessage message) throws IOException {
        sendBytes(frame(message));
    }

    /** A message as it goes over the wire. */
    static byte[] frame(RawMessage message) {
        ByteBuffer frame = FrameEncoder.encode(message);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    void sendBytes(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void end() throws IOException {
        out.close();
        callback.succeeded();
    }

    /** Resets the stream, or cuts an HTTP/1.1 connection. */
    void reset() {
        callback.failed(new IOException("the script says so"));
    }
}
