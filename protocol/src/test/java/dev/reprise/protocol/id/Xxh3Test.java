package dev.reprise.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors xxHash checks itself with: prefixes of a fixed byte sequence, one or more for each way of hashing. */
class Xxh3Test {
    private static final byte[] SEQUENCE = sequence(2367);

    private static byte[] sequence(int length) {
        byte[] bytes = new byte[length];
        long state = 2654435761L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (state >>> 56);
            state *= 0x9E3779B185EBCA8DL;
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2D06800538D394C2",
        "1, C44BDFF4074EECDB",
        "6, 27B56A84CD2D7325",
        "12, A713DAF0DFBB77E7",
        "24, A3FE70BF9D3510EB",
        "48, 397DA259ECBA1F11",
        "80, BCDEFBBB2C47C90A",
        "195, CD94217EE362EC3A",
        "403, CDEB804D65C6DEA4",
        "512, 617E49599013CB6B",
        "2048, DD59E2C3A5F038E0",
        "2240, 6E73A90539CF2948",
        "2367, CB37AEB9E5D361ED"
    })
    void hash_ofPublishedVector_matches(int length, String expected) {
        assertThat(Xxh3.hash(Arrays.copyOf(SEQUENCE, length))).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }
}
