package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.StrictJson;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One setting of a service decides for its input, its state and the results of its runs whether unknown properties
 * pass.
 */
class StrictServiceTest {
    record Card(String number) {}

    private static final StateKey<Card> CARD = StateKey.of("card", Card.class);
    private static final String NEWER = "{\"number\":\"1\",\"stars\":5}";

    private static FakeAttempt attempt(
            SerdeFactory serdes, String input, Code<ObjectContext, Card, String> code, Message... journal) {
        ServiceDefinition service = ServiceDefinition.object("Tested")
                .serdes(serdes)
                .handler("run", Card.class, String.class, code)
                .build();
        List<Message> entries = new ArrayList<>(List.of(journal));
        entries.addFirst(FakeAttempt.input(input));
        return new FakeAttempt(service, ProtocolVersion.V7, message -> {}, 1)
                .replay(entries, 0, new StateEntry(Bytes.utf8("card"), Bytes.utf8(NEWER)));
    }

    private static String reads(FakeAttempt attempt) {
        return Attempts.text(attempt);
    }

    private static FakeAttempt state(SerdeFactory serdes) {
        return attempt(
                serdes, "null", (ctx, none) -> ctx.get(CARD).orElseThrow().number());
    }

    private static FakeAttempt run(SerdeFactory serdes) {
        return attempt(
                serdes,
                "null",
                (ctx, none) -> ctx.run("pay", Card.class, () -> new Card("2")).number(),
                new Command.Run(1, "pay"),
                FakeAttempt.runCompleted(1, NEWER));
    }

    @Test
    void standardService_readsWhatHasUnknownProperties() {
        SerdeFactory standard = SerdeFactory.json();

        assertThat(reads(attempt(standard, NEWER, (ctx, card) -> card.number())))
                .isEqualTo("1");
        assertThat(reads(state(standard))).isEqualTo("1");
        assertThat(reads(run(standard))).isEqualTo("1");
    }

    @Test
    void strictService_input_endsWith400() {
        FakeAttempt attempt = attempt(new StrictJson(), NEWER, (ctx, card) -> card.number());

        assertThat(Attempts.failure(attempt).code()).isEqualTo(400);
        assertThat(Attempts.failure(attempt).message()).contains("\"stars\"");
    }

    @Test
    void strictService_stateAndRun_pause() {
        for (FakeAttempt attempt : List.of(state(new StrictJson()), run(new StrictJson()))) {
            assertThat(Attempts.error(attempt).behavior()).isEqualTo(ErrorBehavior.PAUSE);
            assertThat(Attempts.error(attempt).message()).contains("cannot be read", "\"stars\"");
        }
    }
}
