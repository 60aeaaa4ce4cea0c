package dev.reprise.testkit;

import dev.reprise.embedded.DroppedPromise;
import dev.reprise.embedded.Reprise;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.config.RetryPolicy;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts an engine in memory for each test, with its services and its own time, and gives the test its {@link Client},
 * its {@link VirtualClock} or the {@link Reprise} itself as parameters.
 *
 * {@snippet :
 * class SignupTest {
 *     @RegisterExtension
 *     private final RepriseExtension reprise = RepriseExtension.of(new Signup());
 *
 *     @Test
 *     void reminder_comesAfterAMonth(Client client) {
 *         assertThat(client.workflow(Signup.class, "ada").call(Signup::run, "ada@example.com")).isEqualTo("reminded");
 *     }
 * }
 * }
 *
 * <p>A handler that waits gives up its attempt, and the next one replays the journal. So a handler that behaves
 * differently the second time is found out: the invocation is paused, and the test fails with both the recorded and the
 * attempted command.
 *
 * <p>Time stands still while the test does something else than to wait for a result; see {@link VirtualClock}. A call
 * whose result never comes, because an invocation was paused after its attempts had failed, or has failed a hundred
 * times in a row, fails with a {@link dev.reprise.sdk.client.ClientException} whose cause is what the handler threw;
 * one for which time has passed {@value #WAKE_UPS_MAX} times, because a handler sends itself again and again, fails
 * with the names of those that kept waking. A result that only the test can bring, as by an awakeable, is waited for
 * without end; a warning in the log names what is waited for, and JUnit's {@code @Timeout} ends such a test.
 *
 * <p>Serves one test at a time. In an instance field, as above, each test has its own.
 */
public final class RepriseExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final RetryPolicy RETRIES = RetryPolicy.DEFAULT.withMaxAttempts(5, RetryPolicyOnMaxAttempts.PAUSE);

    private static final int WAKE_UPS_MAX = 1_000;

    private final List<Object> services;
    private final RetryPolicy retries;
    private final boolean failsStalled;
    private final boolean strictPromises;
    private final int wakeUpsMax;
    private @Nullable Running running;

    private record Running(Reprise reprise, VirtualClock clock, EngineTimekeeper timekeeper, DroppedPromises dropped) {}

    private RepriseExtension(
            List<Object> services, RetryPolicy retries, boolean failsStalled, boolean strictPromises, int wakeUpsMax) {
        this.services = services;
        this.retries = retries;
        this.failsStalled = failsStalled;
        this.strictPromises = strictPromises;
        this.wakeUpsMax = wakeUpsMax;
    }

    /**
     * Tests these services. Their fields belong to them: make new services for each test if they have any. Tests fail
     * when one does not have the shape of a service, or two have the same name.
     *
     * @param services annotated objects, or {@link ServiceDefinition}s
     */
    public static RepriseExtension of(Object... services) {
        return new RepriseExtension(List.of(services), RETRIES, true, false, WAKE_UPS_MAX);
    }

    /**
     * With another retry policy of the engine. By default an invocation is paused after five failed attempts, so that a
     * test soon learns of what always fails. A handler's own policy takes precedence.
     */
    public RepriseExtension withRetryPolicy(RetryPolicy policy) {
        return new RepriseExtension(services, policy, failsStalled, strictPromises, wakeUpsMax);
    }

    /**
     * With calls that wait on, whatever they wait for: for tests that repair and resume an invocation while another
     * thread, or a future, waits for it. By default such a call fails as soon as the invocation is paused after a
     * failure.
     */
    public RepriseExtension withEndlessWaits() {
        return new RepriseExtension(services, retries, false, strictPromises, wakeUpsMax);
    }

    /**
     * With tests that fail at their end if a handler returned without having awaited or cancelled a promise that
     * nobody waits for then: that of a timer, a call, an awakeable, a signal, or of another invocation's result. By
     * default there is a warning in the log, which names the line that made the promise. A run or a branch is waited
     * for before the handler ends; dropping it fails no test.
     */
    public RepriseExtension withStrictPromises() {
        return new RepriseExtension(services, retries, failsStalled, true, wakeUpsMax);
    }

    /**
     * With another limit for the wake-ups of one wait. A handler that sends itself again with a delay, or that polls,
     * makes time pass for ever while the test waits for something else. By default a call fails when time has passed
     * {@value #WAKE_UPS_MAX} times for it and no call was answered meanwhile; the failure names the handlers that kept
     * waking.
     *
     * @param count how often time may pass, one or more
     * @throws IllegalArgumentException when it is less than one
     */
    public RepriseExtension withWakeUpsMax(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Expected one wake-up or more, found " + count + ".");
        }
        return new RepriseExtension(services, retries, failsStalled, strictPromises, count);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop();
    }

    void start() {
        VirtualClock clock = new VirtualClock(START);
        DroppedPromises dropped = new DroppedPromises();
        Reprise.Builder builder = Reprise.embedded()
                .onDroppedPromise(dropped)
                .clock(clock)
                .config(EngineConfig.builder()
                        .partitions(1)
                        .inactivityTimeout(Duration.ZERO)
                        .inactivityTimeoutMax(Duration.ZERO)
                        .retryPolicy(retries)
                        .build());
        for (Object service : services) {
            builder.bind(service instanceof ServiceDefinition definition ? definition : ServiceDefinition.of(service));
        }
        Reprise reprise = builder.start();
        EngineTimekeeper timekeeper = new EngineTimekeeper(reprise, clock, failsStalled, wakeUpsMax);
        clock.keptBy(timekeeper);
        running = new Running(reprise, clock, timekeeper, dropped);
    }

    void stop() {
        Running ending = running();
        running = null;
        ending.timekeeper().close();
        ending.reprise().close();
        if (!ending.timekeeper().mismatches().isEmpty()) {
            throw new AssertionError("Expected handlers that do the same in every replay, found:\n"
                    + String.join("\n", ending.timekeeper().mismatches()));
        }
        List<DroppedPromise> givenUp = ending.dropped().givenUp();
        if (strictPromises && !givenUp.isEmpty()) {
            throw new AssertionError("Expected handlers that await or cancel every promise, found:\n"
                    + String.join(
                            "\n", givenUp.stream().map(DroppedPromise::toString).toList()));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return List.of(Client.class, VirtualClock.class, Reprise.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == Client.class) {
            return client();
        }
        return type == Reprise.class ? running().reprise() : running().clock();
    }

    Client client() {
        return running().reprise().client();
    }

    Reprise engine() {
        return running().reprise();
    }

    VirtualClock clock() {
        return running().clock();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException(
                    "Expected a running engine, found none. Take the client as a parameter of the"
                            + " test, not of its constructor or of a static method.");
        }
        return running;
    }
}
