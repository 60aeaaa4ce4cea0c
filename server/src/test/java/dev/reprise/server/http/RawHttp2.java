package dev.reprise.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A client of HTTP/2 in clear text that sends any frame, well formed or not. Used by one thread. */
public final class RawHttp2 implements AutoCloseable {
    /** Types of frames, RFC 9113 section 6. */
    public static final int DATA = 0;

    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int FRAME_BYTES_MAX = 16_384;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private final Map<Integer, Http2Headers> answers = new HashMap<>();
    private int lastStream = -1;

    /** A frame that came. */
    public record Frame(int type, int flags, int stream, byte[] payload) {}

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    /** Connects to a port of this machine. */
    public static RawHttp2 connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        RawHttp2 client = new RawHttp2(socket);
        client.out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        client.frame(SETTINGS, 0, 0, new byte[0]);
        client.frame(WINDOW_UPDATE, 0, 0, ByteBuffer.allocate(4).putInt(1 << 30).array());
        client.flush();
        return client;
    }

    /** Writes a frame, which goes out with the next {@link #flush}. */
    public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(9)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        out.write(payload);
    }

    public void flush() throws IOException {
        out.flush();
    }

    /** Sends a request without a body; gives its stream. */
    public int get(String path) throws IOException {
        return request(headers("GET", path), true);
    }

    /** The head of a request. */
    public static Http2Headers headers(String method, String path) {
        return new DefaultHttp2Headers(false)
                .method(method)
                .scheme("http")
                .authority("localhost")
                .path(path);
    }

    /** Sends the head of a request; gives its stream. */
    public int request(Http2Headers headers, boolean end) throws IOException {
        int stream = write(headers, end);
        flush();
        return stream;
    }

    /** Passes over what has come, so that the peer can go on writing. */
    public void skipWhatCame() throws IOException {
        int available = socket.getInputStream().available();
        if (available > 0) {
            socket.getInputStream().skipNBytes(available);
        }
    }

    /** Writes the head of a request, which goes out with the next {@link #flush}; gives its stream. */
    public int write(Http2Headers headers, boolean end) throws IOException {
        lastStream += 2;
        byte[] block = encoded(headers);
        int at = Math.min(block.length, FRAME_BYTES_MAX);
        int flags = (end ? 1 : 0) | (at == block.length ? 4 : 0);
        frame(HEADERS, flags, lastStream, Arrays.copyOf(block, at));
        while (at < block.length) {
            int next = Math.min(block.length, at + FRAME_BYTES_MAX);
            frame(CONTINUATION, next == block.length ? 4 : 0, lastStream, Arrays.copyOfRange(block, at, next));
            at = next;
        }
        return lastStream;
    }

    /** A block of headers as a frame has it; the tables of the connection are not used. */
    private static byte[] encoded(Http2Headers headers) throws IOException {
        ByteBuf block = Unpooled.buffer();
        try {
            new DefaultHttp2HeadersEncoder((_, _) -> true, true).encodeHeaders(1, headers, block);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
        byte[] bytes = new byte[block.readableBytes()];
        block.readBytes(bytes);
        return bytes;
    }

    /** The status of an answer; -1 when its stream was reset. Fails when the connection ends before. */
    public int status(int stream) throws IOException {
        while (true) {
            Http2Headers known = answers.get(stream);
            if (known != null) {
                return Integer.parseInt(String.valueOf(known.status()));
            }
            Frame frame = read();
            if (frame.type() == RST_STREAM && frame.stream() == stream) {
                return -1;
            }
        }
    }

    /** A header of an answer whose status is known; empty if it has none of that name. */
    public String header(int stream, String name) {
        Http2Headers known = answers.get(stream);
        CharSequence value = known == null ? null : known.get(name);
        return value == null ? "" : value.toString();
    }

    /** The next frame; settings are acknowledged and answers decoded. */
    public Frame read() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        if (type == SETTINGS && (flags & 1) == 0) {
            frame(SETTINGS, 1, 0, new byte[0]);
            flush();
        } else if (type == HEADERS) {
            decode(stream, flags, payload);
        } else if (type == GOAWAY && ByteBuffer.wrap(payload).getInt(4) != 0) {
            throw new IOException("the connection was ended with error "
                    + ByteBuffer.wrap(payload).getInt(4) + ": "
                    + new String(payload, 8, payload.length - 8, StandardCharsets.UTF_8));
        }
        return new Frame(type, flags, stream, payload);
    }

    private void decode(int stream, int flags, byte[] first) throws IOException {
        ByteBuf block = Unpooled.buffer().writeBytes(first);
        for (int all = flags; (all & 4) == 0; ) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            in.readUnsignedByte();
            all = in.readUnsignedByte();
            in.readInt();
            block.writeBytes(in.readNBytes(length));
        }
        try {
            Http2Headers headers = decoder.decodeHeaders(stream, block);
            answers.putIfAbsent(stream, headers);
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    /** Ends what is sent; what comes can still be read. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
