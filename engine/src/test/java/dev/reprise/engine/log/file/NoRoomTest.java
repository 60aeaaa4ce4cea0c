package dev.reprise.engine.log.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk is waited for, a broken one is not. */
class NoRoomTest {
    @TempDir
    private Path folder;

    @Test
    void failure_ofADiskWithRoom_isForWantOfItWhenItSaysSo() {
        assertThat(NoRoom.isCauseOf(new IOException("No space left on device"), folder))
                .isTrue();
        assertThat(NoRoom.isCauseOf(new IOException("wrapped", new IOException("Disk quota exceeded")), folder))
                .isTrue();
        assertThat(NoRoom.isCauseOf(new IOException("Input/output error"), folder))
                .isFalse();
    }

    @Test
    void failure_ofADiskThatIsGone_isNotForWantOfRoom() {
        assertThat(NoRoom.isCauseOf(new IOException("Input/output error"), folder.resolve("gone")))
                .isFalse();
    }
}
