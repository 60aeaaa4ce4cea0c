package dev.reprise.sdk.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.End;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InputOutputTest {
    @ParameterizedTest
    @EnumSource
    void handler_returnsItsInput_outputAndEndWritten(ProtocolVersion version) {
        Conversation engine = Conversation.on(version).replay();

        engine.machine.output(new Result.Value(engine.machine.invocation().input()));
        engine.machine.end();

        engine.expect(Conversation.output("my-data"), End.INSTANCE);
        assertThat(engine.machine.isClosed()).isTrue();
        assertThat(engine.machine.isReady()).isFalse();
    }

    @Test
    void invocation_onV7_carriesAllFields() {
        InvocationStart invocation =
                Conversation.onV7().retried(3, 500).replay().machine.invocation();

        assertThat(invocation.id()).isEqualTo(Conversation.ID.toBytes());
        assertThat(invocation.debugId()).isEqualTo(Conversation.ID.toString());
        assertThat(invocation.key()).isEqualTo("my-key");
        assertThat(invocation.input()).isEqualTo(Bytes.utf8("my-data"));
        assertThat(invocation.headers()).containsExactly(new Header("my-header", "my-value"));
        assertThat(invocation.randomSeed()).isEqualTo(42);
        assertThat(invocation.retryCountSinceLastStoredEntry()).isEqualTo(3);
        assertThat(invocation.durationSinceLastStoredEntryMillis()).isEqualTo(500);
        assertThat(invocation.scope()).isEqualTo("my-scope");
        assertThat(invocation.limitKey()).isEqualTo("my-limit");
        assertThat(invocation.idempotencyKey()).isEqualTo("my-idempotency");
    }

    @Test
    void invocation_onV6_dropsFieldsOfV7() {
        InvocationStart invocation =
                Conversation.on(ProtocolVersion.V6).replay().machine.invocation();

        assertThat(invocation.randomSeed()).isEqualTo(42);
        assertThat(invocation.scope()).isNull();
        assertThat(invocation.limitKey()).isNull();
        assertThat(invocation.idempotencyKey()).isNull();
    }

    @Test
    void randomSeed_onV5_derivedFromId() throws Exception {
        InvocationStart invocation =
                Conversation.on(ProtocolVersion.V5).replay().machine.invocation();

        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(Conversation.ID.toBytes().array());
        assertThat(invocation.randomSeed()).isEqualTo(ByteBuffer.wrap(digest).getLong());
    }

    @Test
    void invocation_beforeAllEntriesArrived_refused() {
        Conversation engine = Conversation.onV7().start(2).receive(Conversation.input("my-data"));

        assertThat(engine.machine.isReady()).isFalse();
        assertThatThrownBy(engine.machine::invocation).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.machine.sleep(0, "")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void output_inJournal_isReplayed() {
        Conversation engine = Conversation.onV7().replay(Conversation.output("done"));
        assertThat(engine.machine.isReplaying()).isTrue();

        engine.machine.output(Conversation.value("done"));
        assertThat(engine.machine.isReplaying()).isFalse();
        engine.machine.end();

        engine.expect(End.INSTANCE);
    }

    @Test
    void end_calledTwice_writtenOnce() {
        Conversation engine = Conversation.onV7().replay();

        engine.machine.end();
        engine.machine.end();

        engine.expect(End.INSTANCE);
    }

    @Test
    void closedMachine_anyCommand_throwsAttemptClosed() {
        Conversation engine = Conversation.onV7().replay();
        engine.machine.end();
        engine.output();

        assertThatThrownBy(() -> engine.machine.sleep(0, "")).isInstanceOf(AttemptClosedException.class);
        assertThatThrownBy(engine.machine::takeNotification).isInstanceOf(AttemptClosedException.class);
        assertThatThrownBy(engine.machine::createAwakeable).isInstanceOf(AttemptClosedException.class);
        assertThatThrownBy(() -> engine.machine.getState("k")).isInstanceOf(AttemptClosedException.class);
        assertThat(engine.machine.invocation().key()).isEqualTo("my-key");
        engine.expect();
    }
}
