package dev.reprise.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** Compresses answers for those who say that they take it. What fits into a packet is left as it is. */
public final class Gzip {
    /** What is not longer is sent as it is. */
    public static final int SHORT_BYTES = 1_400;

    private static final int PIECE_BYTES = 8 << 10;

    private Gzip() {}

    /** Whether the client takes answers in gzip. */
    public static boolean isTakenBy(Request request) {
        HttpField accepted = request.getHeaders().getField(HttpHeader.ACCEPT_ENCODING);
        return accepted != null
                && accepted.getValueList().stream().map(Gzip::withoutSpace).anyMatch(Gzip::isGzip);
    }

    private static String withoutSpace(String coding) {
        return coding.replace(" ", "").replace("\t", "");
    }

    /** With a weight it may be, but not with none. */
    private static boolean isGzip(String coding) {
        return coding.equals("gzip") || coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?");
    }

    /** The same bytes, compressed. */
    public static byte[] of(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    /** Says in the head of an answer that it is compressed, and for whom. */
    public static void tell(Response response) {
        response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        response.getHeaders().put(HttpHeader.VARY, "accept-encoding");
    }

    /** An answer of which nobody knows yet how long it will be. One thread. */
    public static final class Stream extends OutputStream {
        private final Response response;
        private final OutputStream out;
        private final byte[] held = new byte[SHORT_BYTES];
        private int heldBytes;
        private @Nullable Compressor compressor;

        /** Writes to a stream; nothing of the answer may be sent before. */
        public Stream(Response response, OutputStream out) {
            this.response = response;
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int size) throws IOException {
            if (compressor == null && size <= SHORT_BYTES - heldBytes) {
                System.arraycopy(bytes, from, held, heldBytes, size);
                heldBytes += size;
                return;
            }
            compressor().write(bytes, from, size);
        }

        private Compressor compressor() throws IOException {
            Compressor known = compressor;
            if (known == null) {
                tell(response);
                known = new Compressor(out);
                compressor = known;
                known.write(held, 0, heldBytes);
            }
            return known;
        }

        /** Writes the rest; what it writes to stays open. */
        public void finish() throws IOException {
            if (compressor == null) {
                out.write(held, 0, heldBytes);
            } else {
                compressor.finish();
            }
        }

        /** Gives back what it holds outside of the heap; to be called however it ends. */
        public void release() {
            if (compressor != null) {
                compressor.release();
            }
        }
    }

    /** One that can be given up. */
    private static final class Compressor extends GZIPOutputStream {
        private Compressor(OutputStream out) throws IOException {
            super(out, PIECE_BYTES);
        }

        private void release() {
            def.end();
        }
    }
}
