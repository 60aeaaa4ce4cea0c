package dev.reprise.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.reprise.embedded.Reprise;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.protocol.LogKeys;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.service.ServiceBuilder;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What an engine and its handlers, here in one process, log about attempts that fail. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FailureLinesTest {
    private static final String ENGINE = "dev.reprise.engine";
    private static final String SDK = "dev.reprise.sdk";

    private final AtomicInteger executions = new AtomicInteger();
    private final BlockingQueue<ILoggingEvent> engineLines = new LinkedBlockingQueue<>();
    private final BlockingQueue<ILoggingEvent> sdkLines = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> ofEngine = new Lines(engineLines);
    private final AppenderBase<ILoggingEvent> ofSdk = new Lines(sdkLines);

    /** Keeps warnings. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final BlockingQueue<ILoggingEvent> lines;

        private Lines(BlockingQueue<ILoggingEvent> lines) {
            this.lines = lines;
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.WARN) {
                event.prepareForDeferredProcessing();
                lines.add(event);
            }
        }
    }

    @BeforeEach
    void listen() {
        ofEngine.start();
        ofSdk.start();
        ((Logger) LoggerFactory.getLogger(ENGINE)).addAppender(ofEngine);
        ((Logger) LoggerFactory.getLogger(SDK)).addAppender(ofSdk);
    }

    @AfterEach
    void listenNoMore() {
        ((Logger) LoggerFactory.getLogger(ENGINE)).detachAppender(ofEngine);
        ((Logger) LoggerFactory.getLogger(SDK)).detachAppender(ofSdk);
    }

    private static ILoggingEvent next(BlockingQueue<ILoggingEvent> lines) throws InterruptedException {
        ILoggingEvent line = lines.poll(30, TimeUnit.SECONDS);
        assertThat(line).as("a line of the log").isNotNull();
        return line;
    }

    private static Reprise start(int maxAttempts, ServiceBuilder.Code<Context, String, String> code) {
        RetryPolicy policy = new RetryPolicy(
                Duration.ofMillis(5), 1, Duration.ofMillis(5), maxAttempts, RetryPolicyOnMaxAttempts.PAUSE);
        ServiceDefinition service = ServiceDefinition.service("Failing")
                .handler("run", String.class, String.class, code)
                .build();
        return Reprise.embedded()
                .config(EngineConfig.builder().retryPolicy(policy).build())
                .bind(service)
                .start();
    }

    private String failingTwice(Context ctx, String input) {
        return ctx.run("step", String.class, () -> {
            if (executions.incrementAndGet() <= 2) {
                throw new IllegalStateException("not yet");
            }
            return input;
        });
    }

    @Test
    void failedAttempts_areToldByTheEngineAndTheHandlersProcess_underOneId() throws InterruptedException {
        try (Reprise reprise = start(10, this::failingTwice)) {
            ClientInvocation sent = reprise.client().send(Target.service("Failing", "run"), "a");
            assertThat(sent.attach(String.class)).isEqualTo("a");
            for (int attempt = 1; attempt <= 2; attempt++) {
                ILoggingEvent engine = next(engineLines);
                assertThat(engine.getFormattedMessage())
                        .contains("invocation " + sent.id() + " (Failing/run) failed, " + attempt + " in a row")
                        .containsPattern(
                                "; next try in 0\\.00[5-9]s: RT0007 500 java.lang.IllegalStateException: not yet")
                        .endsWith(" (RT0007: see docs/errors.md#rt0007)");
                assertThat(engine.getKeyValuePairs())
                        .anySatisfy(pair -> assertThat(pair.key).isEqualTo(LogKeys.INVOCATION_ID));
                ILoggingEvent sdk = next(sdkLines);
                assertThat(sdk.getFormattedMessage())
                        .contains("run 'step' of Failing/run failed in attempt " + attempt + " of invocation "
                                + sent.id());
                assertThat(sdk.getThrowableProxy().getMessage()).isEqualTo("not yet");
                assertThat(sdk.getMDCPropertyMap()).containsEntry(LogKeys.INVOCATION_ID, sent.id());
            }
            assertThat(List.copyOf(engineLines)).isEmpty();
        }
    }

    @Test
    void lastAttempt_isToldWithWhatComesOfIt() throws InterruptedException {
        try (Reprise reprise = start(1, this::failingTwice)) {
            ClientInvocation sent = reprise.client().send(Target.service("Failing", "run"), "a");
            assertThat(next(engineLines).getFormattedMessage())
                    .contains("no further try: it is paused", "its callers wait", "resume()", ": RT0007 500");
            sent.cancel();
        }
    }
}
