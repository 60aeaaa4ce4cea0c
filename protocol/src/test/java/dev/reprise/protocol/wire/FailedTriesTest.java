package dev.reprise.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often closures have failed, in fields that are not Restate's. */
class FailedTriesTest {
    private static final Result RESULT = new Result.Value(Bytes.utf8("result"));

    private static ErrorMessage error(int failedTries) {
        return new ErrorMessage(500, "no", "", 1, "a", 2, null, ErrorBehavior.RETRY, failedTries);
    }

    @Test
    void messages_withFailedTries_areReadAsWrittenAndAtAGlance() {
        for (Message message : List.of(new ProposeRunCompletion(7, RESULT, 300), error(300))) {
            RawMessage raw = MessageCodec.encode(message);

            assertThat(MessageCodec.decode(raw)).isEqualTo(message);
            assertThat(MessageCodec.failedTries(raw)).isEqualTo(300);
        }
    }

    @Test
    void messages_withoutFailedTries_haveNoFieldOfOurs() {
        for (Message message : List.of(new ProposeRunCompletion(7, RESULT), error(0), End.INSTANCE)) {
            RawMessage raw = MessageCodec.encode(message);

            assertThat(Oracle.parse(raw).getUnknownFields().asMap()).isEmpty();
            assertThat(MessageCodec.failedTries(raw)).isZero();
        }
    }

    @Test
    void messages_withFailedTries_areToRestatesServerThoseWithout() throws InvalidProtocolBufferException {
        RawMessage with = MessageCodec.encode(new ProposeRunCompletion(7, RESULT, 3));
        DynamicMessage read = DynamicMessage.parseFrom(
                Oracle.descriptor(MessageType.PROPOSE_RUN_COMPLETION),
                with.body().array());

        assertThat(read.getUnknownFields().asMap()).hasSize(1);
        assertThat(read.getAllFields())
                .isEqualTo(Oracle.parse(MessageCodec.encode(new ProposeRunCompletion(7, RESULT)))
                        .getAllFields());
    }
}
