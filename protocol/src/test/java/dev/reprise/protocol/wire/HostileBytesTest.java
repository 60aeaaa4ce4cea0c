package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.RawMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come: a valid message, or a {@link ProtocolException}. */
@Tag("slow")
class HostileBytesTest {
    private static final int MUTATIONS = 10_000;

    /** Valid streams: the samples of every type as the protobuf library writes them, all in a row, and each alone. */
    static Stream<byte[]> seeds() {
        List<Frame> frames = Sample.all().stream()
                .map(sample -> Oracle.raw(sample.type(), Oracle.fromText(sample.type(), sample.text())))
                .map(Frame::new)
                .toList();
        return Stream.concat(Stream.of(frames), frames.stream().map(List::of)).map(HostileBytesTest::stream);
    }

    private static byte[] stream(List<Frame> frames) {
        ByteBuffer encoded = FrameEncoder.encode(frames);
        byte[] stream = new byte[encoded.remaining()];
        encoded.get(stream);
        return stream;
    }

    /**
     * Any bytes as a stream. With the environment variable {@code JAZZER_FUZZ=1} Jazzer makes worse ones of the seeds.
     */
    @MethodSource("seeds")
    @FuzzTest
    void stream_ofAnyBytes_endsInMessagesOrIsRefused(byte[] bytes) {
        try {
            for (Frame frame : new FrameDecoder(1 << 20).decode(ByteBuffer.wrap(bytes))) {
                decodedOrRefused(frame.message());
            }
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageContaining("claims");
        }
    }

    /** What was read once must be written so that it reads the same. */
    private static boolean decodedOrRefused(RawMessage raw) {
        Message decoded;
        try {
            decoded = MessageCodec.decode(raw);
        } catch (ProtocolException refused) {
            assertThat(refused).hasMessageMatching("(?s)(\\w+ message: |message type 0x).+");
            return false;
        }
        assertThat(MessageCodec.decode(MessageCodec.encode(decoded))).isEqualTo(decoded);
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void message_mutated_isReadOrRefused(MessageType type) {
        Random random = new Random(type.code());
        RandomMessages messages = new RandomMessages(type.code());
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = messages.next(Oracle.descriptor(type)).toByteArray();
            if (decodedOrRefused(new RawMessage(type.code(), Bytes.wrap(mutated(body, random))))) {
                decoded++;
            }
        }
        assertThat(decoded).isPositive();
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 2)) : bytes;
        for (int changes = random.nextInt(4); changes > 0 && mutated.length > 0; changes--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = (byte) (random.nextBoolean() ? mutated[at] ^ 1 << random.nextInt(8) : random.nextInt());
        }
        return mutated;
    }

    @Test
    void stream_ofMutatedFrames_isReadOrRefused() {
        Random random = new Random(17);
        List<Frame> frames = new ArrayList<>();
        Sample.all().forEach(sample -> frames.add(new Frame(MessageCodec.encode(sample.message()))));
        byte[] stream = stream(frames);
        for (int i = 0; i < MUTATIONS; i++) {
            stream_ofAnyBytes_endsInMessagesOrIsRefused(mutated(stream.clone(), random));
        }
    }
}
