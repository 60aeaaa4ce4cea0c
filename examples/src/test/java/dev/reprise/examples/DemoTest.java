package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.demo.Demo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo as a user starts it. */
@Tag("process")
class DemoTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void demo_endsWithTheRightAnswerAndNothingRunTwice() throws IOException, InterruptedException {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Demo.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(demo.waitFor()).as(output).isZero();
        assertThat(output)
                .contains(
                        "was killed with SIGKILL",
                        "recorded, replayed",
                        "failed: Condor is sold out",
                        "any: the first airline",
                        "It is right.",
                        "No recorded task ran twice.");
    }
}
