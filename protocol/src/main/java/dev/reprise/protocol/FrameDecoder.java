package dev.reprise.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the frames in a stream of bytes that may be split anywhere. One decoder for one stream; used by one thread.
 *
 * <p>It holds back at most one unfinished frame. Beyond 128 KiB, its memory is at most eight times the bytes that have
 * arrived, whatever length a header claims.
 */
public final class FrameDecoder {
    private static final int GROWTH = 8;
    private static final int FIRST_ALLOCATION_BYTES = 128 << 10;

    private final int bodyBytesMax;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    /** The body as far as it has arrived; valid while the header is full. */
    private byte[] body = new byte[0];

    private int bodyLength;
    private int bodyFilled;

    /** A decoder for bodies of up to {@link Frame#BODY_BYTES_MAX}. */
    public FrameDecoder() {
        this(Frame.BODY_BYTES_MAX);
    }

    /**
     * A decoder with a bound of its own.
     *
     * @param bodyBytesMax the largest body to accept, in bytes; not negative
     */
    public FrameDecoder(int bodyBytesMax) {
        if (bodyBytesMax < 0) {
            throw new IllegalArgumentException("the largest body must not be negative, was " + bodyBytesMax);
        }
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * Takes the next bytes of the stream, all that the buffer has left, and answers the frames they complete.
     *
     * @throws ProtocolException when a header claims a body larger than allowed; the decoder cannot be used any more
     *     then
     */
    public List<Frame> decode(ByteBuffer input) {
        List<Frame> frames = new ArrayList<>();
        while (input.hasRemaining()) {
            if (header.hasRemaining()) {
                readHeader(input);
            }
            if (!header.hasRemaining()) {
                readBody(input);
                if (bodyFilled == bodyLength) {
                    frames.add(finishFrame());
                }
            }
        }
        return frames;
    }

    /** The size of the body that is arriving; 0 when none is, or its header is incomplete. */
    public int unfinishedBytes() {
        return header.hasRemaining() ? 0 : bodyLength;
    }

    /** Whether the stream is between two frames, where it may end. */
    public boolean isAtFrameEnd() {
        return header.position() == 0;
    }

    /**
     * Checks that the stream may end here.
     *
     * @throws ProtocolException when it ends inside a frame
     */
    public void requireFrameEnd() {
        if (!isAtFrameEnd()) {
            throw new ProtocolException(
                    header.hasRemaining()
                            ? "the stream ended " + header.position() + " bytes into a frame's header"
                            : "the stream ended after " + bodyFilled + " of " + bodyLength + " bytes of a "
                                    + typeText(headerType()) + " message");
        }
    }

    private void readHeader(ByteBuffer input) {
        int length = Math.min(header.remaining(), input.remaining());
        header.put(input.slice(input.position(), length));
        input.position(input.position() + length);
        if (!header.hasRemaining()) {
            startBody(header.getInt(4));
        }
    }

    private void startBody(int claimed) {
        if (Integer.compareUnsigned(claimed, bodyBytesMax) > 0) {
            throw new ProtocolException("a " + typeText(headerType()) + " message claims "
                    + Integer.toUnsignedString(claimed) + " bytes, at most " + bodyBytesMax + " are allowed");
        }
        bodyLength = claimed;
        bodyFilled = 0;
        body = new byte[0];
    }

    private void readBody(ByteBuffer input) {
        int length = Math.min(bodyLength - bodyFilled, input.remaining());
        int needed = bodyFilled + length;
        if (needed > body.length) {
            long grown = Math.max(GROWTH * (long) body.length, FIRST_ALLOCATION_BYTES);
            body = Arrays.copyOf(body, Math.max(needed, (int) Math.min(bodyLength, grown)));
        }
        input.get(body, bodyFilled, length);
        bodyFilled = needed;
    }

    private Frame finishFrame() {
        RawMessage message = new RawMessage(headerType(), Bytes.wrap(body));
        boolean ackRequested = (header.getShort(2) & Frame.ACK_REQUESTED) != 0;
        header.clear();
        body = new byte[0];
        return new Frame(message, ackRequested);
    }

    private int headerType() {
        return Short.toUnsignedInt(header.getShort(0));
    }

    private static String typeText(int type) {
        return MessageType.ofCode(type).map(MessageType::name).orElseGet(() -> "0x%04X".formatted(type));
    }
}
