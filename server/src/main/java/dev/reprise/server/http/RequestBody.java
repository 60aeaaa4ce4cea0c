package dev.reprise.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads whole bodies of requests, up to a limit. */
public final class RequestBody {
    /** Up to this many bytes, memory is given on the word of the client. */
    private static final int KNOWN_LENGTH_MAX = 1 << 20;

    private RequestBody() {}

    /**
     * The body of a request.
     *
     * @param bytesMax the largest body that is taken
     * @return nothing for a larger one, of which little more than the limit was read
     * @throws IOException when the connection fails before its end
     */
    public static Optional<byte[]> read(Request request, int bytesMax) throws IOException {
        if (request.getLength() > bytesMax) {
            return Optional.empty();
        }
        // Not closed: that would end the exchange when there is more, and the answer be lost.
        InputStream in = Content.Source.asInputStream(request);
        byte[] bytes = read(in, request.getLength(), bytesMax);
        if (bytes.length <= bytesMax) {
            return Optional.of(bytes);
        }
        in.skipNBytes(in.available()); // lets go of the buffer it holds
        return Optional.empty();
    }

    /**
     * What is answered for a body that is too large.
     *
     * @param bytesMax the largest body that is taken
     * @param instead what the client can do, a sentence
     */
    public static String tooLarge(Request request, int bytesMax, String instead) {
        long length = request.getLength();
        return "Expected a request body of at most " + bytesMax + " bytes, found "
                + (length < 0 ? "more" : String.valueOf(length)) + ". " + instead;
    }

    /** The body, or more than is allowed of it; one whose length is known takes no second array. */
    private static byte[] read(InputStream in, long length, int bytesMax) throws IOException {
        if (length < 0 || length > KNOWN_LENGTH_MAX) {
            return in.readNBytes(bytesMax + 1);
        }
        byte[] bytes = new byte[(int) length];
        int filled = in.readNBytes(bytes, 0, bytes.length);
        return filled == bytes.length ? bytes : Arrays.copyOf(bytes, filled);
    }
}
