package dev.reprise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesBuilderTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pieces_ofAnySize_areJoinedInOrder(long seed) {
        Random random = new Random(seed);
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        BytesBuilder built = build(random, wanted, 0);

        assertThat(built.size()).isEqualTo(wanted.size());
        assertThat(built.toBytes()).isEqualTo(Bytes.wrap(wanted.toByteArray()));
    }

    /** A random builder, some of whose pieces are builders; what it holds also goes to {@code wanted}. */
    private static BytesBuilder build(Random random, ByteArrayOutputStream wanted, int depth) {
        BytesBuilder built = new BytesBuilder(random.nextInt(3) * 16);
        for (int piece = 0; piece < 12; piece++) {
            switch (random.nextInt(depth < 3 ? 4 : 3)) {
                case 0 -> built.append(drawn(random, 1 + random.nextInt(100), wanted));
                case 1 -> built.append(drawn(random, 4095 + random.nextInt(3), wanted));
                case 2 -> {
                    int at = built.reserve(1);
                    built.array()[at] = drawn(random, 1, wanted)[0];
                }
                default -> built.append(build(random, wanted, depth + 1));
            }
        }
        return built;
    }

    private static byte[] drawn(Random random, int length, ByteArrayOutputStream wanted) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        wanted.writeBytes(bytes);
        return bytes;
    }
}
