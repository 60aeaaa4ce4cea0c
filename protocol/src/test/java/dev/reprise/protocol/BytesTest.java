package dev.reprise.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytesTest {
    @Test
    void compareTo_ordersAsUnsignedBytes() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] a = bytes(random);
            byte[] b = random.nextBoolean() ? bytes(random) : Arrays.copyOf(a, random.nextInt(a.length + 1));
            if (b.length > 0 && random.nextBoolean()) {
                b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(Integer.signum(Bytes.copyOf(a).compareTo(Bytes.copyOf(b))))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(a, b)));
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }
}
