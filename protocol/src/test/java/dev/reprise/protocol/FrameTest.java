package dev.reprise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final Frame RUN = new Frame(new RawMessage(0x0411, Bytes.utf8("a run")), true);
    private static final Frame END = new Frame(new RawMessage(0x0003, Bytes.EMPTY));
    private static final Frame CUSTOM = new Frame(new RawMessage(0xFFFF, Bytes.wrap(new byte[300])));
    private static final List<Frame> FRAMES = List.of(RUN, END, END, CUSTOM, RUN, END);

    @Test
    void frame_encoded_hasTheBytesOfTheProtocol() {
        assertThat(hex(FrameEncoder.encode(RUN))).isEqualTo("0411" + "8000" + "00000005" + "612072756e");
        assertThat(hex(FrameEncoder.encode(END.message()))).isEqualTo("0003" + "0000" + "00000000");
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void decode_cutAtEveryByte_findsTheSameFrames() {
        ByteBuffer stream = FrameEncoder.encode(FRAMES);
        for (int cut = 0; cut <= stream.limit(); cut++) {
            FrameDecoder decoder = new FrameDecoder();
            List<Frame> found = new ArrayList<>(decoder.decode(stream.slice(0, cut)));
            found.addAll(decoder.decode(stream.slice(cut, stream.limit() - cut)));

            assertThat(found).isEqualTo(FRAMES);
            assertThat(decoder.isAtFrameEnd()).isTrue();
        }
    }

    @Test
    void decode_byteByByte_findsTheSameFrames() {
        ByteBuffer stream = FrameEncoder.encode(FRAMES);
        FrameDecoder decoder = new FrameDecoder();
        List<Frame> found = new ArrayList<>();
        for (int i = 0; i < stream.limit(); i++) {
            found.addAll(decoder.decode(stream.slice(i, 1)));
        }

        assertThat(found).isEqualTo(FRAMES);
    }

    @Test
    void decode_largeBodyInRandomPieces_isWhole() {
        byte[] body = new byte[200_000];
        new Random(1).nextBytes(body);
        Frame large = new Frame(new RawMessage(0x0400, Bytes.copyOf(body)));
        ByteBuffer stream = FrameEncoder.encode(List.of(large, END));
        Random random = new Random(2);
        FrameDecoder decoder = new FrameDecoder();
        List<Frame> found = new ArrayList<>();
        while (stream.hasRemaining()) {
            int length = Math.min(stream.remaining(), random.nextInt(5_000));
            found.addAll(decoder.decode(stream.slice(stream.position(), length)));
            stream.position(stream.position() + length);
        }

        assertThat(found).containsExactly(large, END);
    }

    @Test
    void decode_direct_andReadOnlyBuffers_areTaken() {
        ByteBuffer encoded = FrameEncoder.encode(FRAMES);
        ByteBuffer direct = ByteBuffer.allocateDirect(encoded.limit())
                .put(encoded.duplicate())
                .flip();

        assertThat(new FrameDecoder().decode(direct.asReadOnlyBuffer())).isEqualTo(FRAMES);
    }

    @Test
    void decode_unknownFlags_areIgnored() {
        ByteBuffer frame = ByteBuffer.wrap(HexFormat.of().parseHex("00037fff00000000"));

        assertThat(new FrameDecoder().decode(frame)).containsExactly(END);
    }

    @Test
    void decode_claimAboveTheBound_isRefusedBeforeTheBodyComes() {
        ByteBuffer atBound = ByteBuffer.wrap(HexFormat.of().parseHex("0411000000000010"));
        ByteBuffer above = ByteBuffer.wrap(HexFormat.of().parseHex("0411000000000011"));
        ByteBuffer negative = ByteBuffer.wrap(HexFormat.of().parseHex("fc010000ffffffff"));

        assertThat(new FrameDecoder(16).decode(atBound)).isEmpty();
        assertThatThrownBy(() -> new FrameDecoder(16).decode(above))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a RUN message claims 17 bytes, at most 16 are allowed");
        assertThatThrownBy(() -> new FrameDecoder().decode(negative))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("a 0xFC01 message claims 4294967295 bytes, at most 33554432 are allowed");
    }

    @Test
    void requireFrameEnd_insideAFrame_saysWhere() {
        FrameDecoder inHeader = new FrameDecoder();
        inHeader.decode(ByteBuffer.wrap(new byte[3]));
        FrameDecoder inBody = new FrameDecoder();
        inBody.decode(FrameEncoder.encode(RUN).limit(10));
        FrameDecoder between = new FrameDecoder();
        between.decode(FrameEncoder.encode(FRAMES));

        assertThatThrownBy(inHeader::requireFrameEnd).hasMessage("the stream ended 3 bytes into a frame's header");
        assertThatThrownBy(inBody::requireFrameEnd)
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the stream ended after 2 of 5 bytes of a RUN message");
        between.requireFrameEnd();
    }

    @Test
    void encode_typeOfMoreThan16Bits_isRefused() {
        assertThatThrownBy(() -> FrameEncoder.encode(new RawMessage(0x1_0000, Bytes.EMPTY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
