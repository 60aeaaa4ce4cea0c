package dev.reprise.engine.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import org.junit.jupiter.api.Test;

final class BinaryWriterTest {
    @Test
    void values_writtenAcrossEverySize_areReadBack() {
        for (int expected = 0; expected < 40; expected++) {
            BinaryWriter w = new BinaryWriter(expected);
            w.u8(200).u16(60_000).i32(-5).i64(Long.MIN_VALUE).bool(true).text("häuser");
            w.bytes(Bytes.utf8("abc")).u8(7);
            BinaryReader r = new BinaryReader(w.toBytes());
            assertThat(r.u8()).isEqualTo(200);
            assertThat(r.u16()).isEqualTo(60_000);
            assertThat(r.i32()).isEqualTo(-5);
            assertThat(r.i64()).isEqualTo(Long.MIN_VALUE);
            assertThat(r.bool()).isTrue();
            assertThat(r.text()).isEqualTo("häuser");
            assertThat(r.bytes()).isEqualTo(Bytes.utf8("abc"));
            assertThat(r.u8()).isEqualTo(7);
            r.end();
        }
    }
}
