package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A handler that a debugger stops is not started a second time beside the first. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DebuggingTest {
    private static final String AGENT = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0";
    private static final Target STOPPED = Target.service("Stopped", "run");
    private static final Target QUICK = Target.service("Stopped", "quick");

    private final AtomicLong nowMillis =
            new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());
    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch breakpoint = new CountDownLatch(1);

    /** Says whether a debugger may stop this process. */
    static final class Asked {
        private Asked() {}

        @SuppressWarnings("SystemOut") // read by the test
        public static void main(String[] args) {
            System.out.println("stops: " + Debugger.mayStopThreads());
        }
    }

    private Reprise.Builder builder() {
        return Reprise.embedded()
                .config(EngineConfig.builder()
                        .partitions(1)
                        .inactivityTimeout(Duration.ofMinutes(1))
                        .abortTimeout(Duration.ofMinutes(10))
                        .build())
                .clock(() -> Instant.ofEpochMilli(nowMillis.get()))
                .bind(ServiceDefinition.service("Stopped")
                        .handler("run", String.class, String.class, (_, text) -> {
                            starts.incrementAndGet();
                            breakpoint.await();
                            return text;
                        })
                        .handler("quick", String.class, String.class, (_, text) -> text)
                        .build());
    }

    private CompletableFuture<String> callStopped(Reprise reprise) {
        Serde<String> text = SerdeFactory.json().create(String.class);
        return reprise.client().callAsync(STOPPED, text, "done", text, CallOptions.NONE);
    }

    /** Lets a quarter of an hour pass, a minute at a time, with something to do in each. */
    private void passAnHour(Reprise reprise) {
        for (int minute = 0; minute < 60; minute++) {
            nowMillis.addAndGet(60_000);
            reprise.client().call(QUICK, "tick", String.class);
        }
    }

    @Test
    void stoppedHandler_whileDebugging_isNotStartedAgain() {
        try (Reprise reprise = builder().debugging(true).start()) {
            CompletableFuture<String> answer = callStopped(reprise);
            await(1);
            passAnHour(reprise);
            assertThat(reprise.isDebugged()).isTrue();
            assertThat(starts).hasValue(1);
            breakpoint.countDown();
            assertThat(answer.join()).isEqualTo("done");
        }
    }

    @Test
    void stoppedHandler_otherwise_isCutAndStartedAgain() {
        try (Reprise reprise = builder().debugging(false).start()) {
            CompletableFuture<String> answer = callStopped(reprise);
            await(1);
            passAnHour(reprise);
            await(2);
            breakpoint.countDown();
            assertThat(answer.join()).isEqualTo("done");
        }
    }

    private void await(int count) {
        while (starts.get() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void processWithADebuggersAgent_knows(@TempDir Path folder) throws IOException {
        assertThat(ask(List.of(), "")).contains("stops: false");
        assertThat(ask(List.of(AGENT), "")).contains("stops: true");
        assertThat(ask(List.of(), AGENT)).contains("stops: true");
        Path arguments = Files.writeString(folder.resolve("arguments"), AGENT);
        assertThat(ask(List.of("@" + arguments), "")).contains("stops: true");
    }

    private static String ask(List<String> options, String toolOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Asked.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_TOOL_OPTIONS", toolOptions);
        Process process = builder.start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
