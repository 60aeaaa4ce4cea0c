package dev.reprise.engine.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.log.Log.Urgency;
import dev.reprise.protocol.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is gathered for the log's writer, where the order of its callers is decided here. */
class GatheringTest {
    private final Gathering gathering = new Gathering(0, FileLogOptions.DEFAULT, new Readers());

    @Test
    void batchThatWasPutBack_isWritten_nothingIsUrgentAnyMore() throws IOException, InterruptedException {
        gathering.append(0, 1, Bytes.utf8("record"), Urgency.NOW);
        RecordBatch batch = gathering.takeUrgent().orElseThrow();
        gathering.putBack(batch, new IOException("No space left on device"));
        assertThat(gathering.takeUrgent()).isEmpty();

        assertThat(gathering.take()).containsSame(batch);
        gathering.giveBack(batch);

        assertThat(gathering.takeUrgent()).isEmpty();
        gathering.append(0, 2, Bytes.utf8("another"), Urgency.NOW);
        assertThat(gathering.takeUrgent())
                .hasValueSatisfying(next -> assertThat(next.lastLsn()).isEqualTo(2));
    }

    @Test
    void afterAFailure_nothingIsWrittenAnyMore() throws InterruptedException {
        gathering.append(0, 1, Bytes.utf8("record"), Urgency.NOW);
        gathering.fail(new IOException("Input/output error"));

        assertThat(gathering.takeUrgent()).isEmpty();
        assertThat(gathering.take()).isEmpty();
    }

    @Test
    void batchThatNobodyTook_givenBack_isABrokenInvariant() {
        assertThatThrownBy(() -> gathering.giveBack(new RecordBatch()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the log's writing cannot go from QUIET to QUIET");
    }
}
