package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official clients, unchanged: whatever they can ask for has the same outcome on both servers. */
final class ClientsTest {
    @ParameterizedTest
    @EnumSource(names = "TS_STREAMING")
    void typeScriptClient(Subject subject) {
        compare(subject, "ts-client", world -> {
            world.typeScriptClient();
            world.expectLines(
                    "call: \"Hello Ada\"",
                    "its result: \"Hello late\"",
                    "the same again: true",
                    "failed: 418 {\"code\":418,\"message\":\"teapot\",\"metadata\":{\"why\":\"a test\"},\"source\":\"invocation\"}",
                    "attach: \"input: now\"",
                    "its result: {\"from\":\"outside\"}");
        });
    }

    @ParameterizedTest
    @EnumSource(names = "JAVA_STREAMING")
    void javaClient(Subject subject) {
        compare(subject, "java-client", world -> {
            new JavaClientTour(world).play();
            world.expectLines(
                    "call: 200 \"Hello Ada\"",
                    "its output: 200 \"ready true Hello late\"",
                    "failed: failed with 418 {\"code\":418,\"message\":\"teapot\",\"source\":\"invocation\"}",
                    "attach: 200 \"input: now\"",
                    "its result: 200 {\"from\":\"outside\"}");
        });
    }
}
