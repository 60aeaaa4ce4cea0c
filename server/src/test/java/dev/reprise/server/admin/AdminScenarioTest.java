package dev.reprise.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the admin API to what the original was seen to answer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdminScenarioTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "registration",
                "refusals",
                "update",
                "services",
                "system",
                "invocations",
                "waiting",
                "batches",
                "state"
            })
    void scenario_played_answersAsRecorded(String name) throws IOException, InterruptedException {
        try (AdminWorld world = new AdminWorld();
                InputStream file = Objects.requireNonNull(
                        AdminScenarioTest.class.getResourceAsStream("/admin/" + name + ".txt"))) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            new AdminScenario(world).play(lines);
        }
    }
}
