package dev.reprise.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A peer that says given bytes on every connection, whatever it hears, and closes them only in the end. */
final class RawPeer implements AutoCloseable {
    /** The settings a server begins HTTP/2 with: none but the defaults. */
    static final String SETTINGS = "000000040000000000";
    /** No more streams after none. */
    static final String GO_AWAY = "0000080700000000000000000000000000";

    static final String HTTP_1_REFUSAL = hex("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");

    private final ServerSocket server;

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
            long heard = 0;
            byte[] chunk = new byte[4096];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                heard += length;
                if (!said && heard > bytes) {
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
