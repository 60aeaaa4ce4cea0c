package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in with a call, as a handler sees it. */
class InputTest {
    @ParameterizedTest
    @ValueSource(strings = {"{", "\"many\"", "[1]", "1 2"})
    void input_thatCannotBeRead_failsForGoodWith400AndTheHandlerIsNotCalled(String input) {
        List<Integer> handled = new ArrayList<>();
        ServiceDefinition service = ServiceDefinition.service("Tested")
                .handler("run", Integer.class, String.class, (ignored, number) -> {
                    handled.add(number);
                    return "handled";
                })
                .build();
        FakeAttempt attempt = new FakeAttempt(service, ProtocolVersion.V7, ignored -> {}, 1)
                .replay(List.of(FakeAttempt.input(input)), 0);
        Failure failure = Attempts.failure(attempt);
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure.message()).startsWith("the input cannot be read: ").contains("java.lang.Integer");
        assertThat(handled).isEmpty();
    }
}
