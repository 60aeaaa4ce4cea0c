package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A peer that says given bytes on every connection, whatever it hears, and closes them only in the end. */
final class RawPeer implements AutoCloseable {
    /** The settings a server begins HTTP/2 with: none but the defaults. */
    static final String SETTINGS = "000000040000000000";
    /** The first stream of a client is reset. */
    static final String RESET = "000004030000000003" + "00000000";
    /** No more streams after none. */
    static final String GO_AWAY = "0000080700000000000000000000000000";

    static final String HTTP_1_REFUSAL = hex("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");

    private static final int PREFACE_BYTES = 24;
    private static final int FRAME_HEADER_BYTES = 9;

    private final ServerSocket server;
    /* Guarded by itself. */
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private RawPeer(ServerSocket server) {
        this.server = server;
    }

    /** {@code first} is said at once, {@code then} when more than so many bytes have come; in hexadecimal. */
    static RawPeer start(String first, String then, int bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        RawPeer peer = new RawPeer(server);
        Thread.ofVirtual().start(() -> peer.accept(first, then, bytes));
        return peer;
    }

    static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** The types of the HTTP/2 frames that came whole, of a client with one connection. */
    List<Integer> heardFrames() {
        byte[] bytes;
        synchronized (heard) {
            bytes = heard.toByteArray();
        }
        List<Integer> types = new ArrayList<>();
        int at = PREFACE_BYTES;
        while (at + FRAME_HEADER_BYTES <= bytes.length) {
            int length = (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | bytes[at + 2] & 0xff;
            types.add((int) bytes[at + 3]);
            at += FRAME_HEADER_BYTES + length;
        }
        return types;
    }

    private void accept(String first, String then, int bytes) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> talk(socket, first, then, bytes));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket socket, String first, String then, int bytes) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            out.write(HexFormat.of().parseHex(first));
            out.flush();
            boolean said = then.isEmpty();
            long count = 0;
            byte[] chunk = new byte[4096];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                count += length;
                synchronized (heard) {
                    heard.write(chunk, 0, length);
                }
                if (!said && count > bytes) {
                    said = true;
                    out.write(HexFormat.of().parseHex(then));
                    out.flush();
                }
            }
        } catch (IOException gone) {
            // The other side has closed, as it may.
            assertThat(server.isBound()).isTrue();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
