package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.serde.JsonSerdeFactory;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeRef;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.ServiceDefinitionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that cannot come back: refused before anything happens, and where that is too late, paused and not repeated.
 */
@SuppressWarnings("CheckReturnValue") // each of these calls throws
class UnreadableTest {
    /** A class of whose values JSON keeps nothing. */
    static final class Secret {
        private final String text = "x";

        public String text() {
            return text;
        }
    }

    static List<Arguments> uses() {
        return List.of(
                use("run of a class", ctx -> ctx.runAsync("a", Secret.class, Secret::new)),
                use(
                        "run of a type",
                        ctx -> ctx.runAsync("a", new TypeRef<Iterator<String>>() {}, List.of("a")::iterator)),
                use("state", ctx -> ctx.set(StateKey.of("a", Secret.class), new Secret())),
                use("state read", ctx -> ctx.get(StateKey.of("a", Secret.class))),
                use("promise", ctx -> ctx.promise("a", Secret.class)),
                use("awakeable", ctx -> ctx.awakeable(Secret.class)),
                use("awakeable's value", ctx -> ctx.awakeableHandle("prom_1").resolve(new Secret())),
                use("signal", ctx -> ctx.signal("a", Secret.class)),
                use("signal's value", ctx -> ctx.invocation("inv_1").signal("a", new Secret())),
                use("attach", ctx -> ctx.invocation("inv_1").attach(Secret.class)),
                use("output", ctx -> ctx.invocation("inv_1").output(Secret.class)));
    }

    private static Arguments use(String name, Consumer<WorkflowContext> use) {
        return Arguments.of(name, use);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void type_thatCannotComeBack_isRefusedBeforeAnythingHappens(String name, Consumer<WorkflowContext> use) {
        assertThat(Attempts.thrownIn(use)).isInstanceOf(SerdeException.class);
    }

    @Test
    void handlers_ofTypesThatCannotComeBack_areNotBound() {
        var service = ServiceDefinition.service("Tested");

        assertThatThrownBy(() -> service.handler("in", Secret.class, String.class, (ctx, in) -> ""))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasCauseInstanceOf(SerdeException.class);
        assertThatThrownBy(() -> service.handler("out", String.class, Secret.class, (ctx, in) -> new Secret()))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasCauseInstanceOf(SerdeException.class);
    }

    @Test
    void recordedValue_thatCannotBeRead_pausesWithTheReason() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> "" + ctx.run("age", Integer.class, () -> 1),
                new Command.Run(1, "age"),
                FakeAttempt.runCompleted(1, "\"old\""));

        ErrorMessage error = Attempts.error(attempt);
        assertThat(error.behavior()).isEqualTo(ErrorBehavior.PAUSE);
        assertThat(error.message()).contains("The result of run age cannot be read", "java.lang.Integer");
    }

    @Test
    void recordedValue_thatCannotBeRead_onOlderEngineIsRetriedAsThatSays() {
        FakeAttempt attempt = Attempts.service(
                ProtocolVersion.V6,
                (ctx, nothing) -> "" + ctx.run("age", Integer.class, () -> 1),
                new Command.Run(1, "age"),
                FakeAttempt.runCompleted(1, "\"old\""));

        assertThat(Attempts.error(attempt).behavior()).isEqualTo(ErrorBehavior.RETRY);
    }

    @Test
    void resultThatCannotBeWritten_pausesWhateverThePolicy_soThatTheClosureIsNotRepeated() {
        RunOptions once = RunOptions.named("step").withRetryPolicy(RetryPolicy.none());
        Map<String, Object> loop = new HashMap<>();
        loop.put("self", loop);
        for (Object result : List.of(new Secret(), loop, CompletableFuture.completedFuture(1))) {
            FakeAttempt attempt = Attempts.service(
                    (ctx, nothing) -> ctx.run(once, Object.class, () -> result).toString());

            ErrorMessage error = Attempts.error(attempt);
            assertThat(error.behavior()).isEqualTo(ErrorBehavior.PAUSE);
            assertThat(error.message()).contains("The result of run step cannot be recorded");
            assertThat(error.relatedCommandName()).isEqualTo("step");
            assertThat(attempt.sent(ProposeRunCompletion.class)).isEmpty();
        }
    }

    @Test
    void serdeException_thrownByTheClosureItself_isRetried() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> ctx.run("step", String.class, () -> {
            throw new SerdeException("of another system", null);
        }));

        assertThat(Attempts.error(attempt).behavior()).isEqualTo(ErrorBehavior.RETRY);
    }

    /** Counts what it is asked for. */
    private static final class Counting implements SerdeFactory {
        private final AtomicInteger created = new AtomicInteger();

        @Override
        public <T extends @Nullable Object> Serde<T> create(TypeRef<T> type) {
            created.incrementAndGet();
            return new JsonSerdeFactory().create(type);
        }
    }

    @Test
    void type_usedAgainAndAgain_isCheckedOnce() {
        var counting = new Counting();
        ServiceDefinition service = ServiceDefinition.service("Tested")
                .serdes(counting)
                .handler("run", Void.class, String.class, UnreadableTest::manySteps)
                .build();
        int bound = counting.created.get();

        for (int i = 0; i < 3; i++) {
            new FakeAttempt(service, ProtocolVersion.V7, message -> {}, 1)
                    .replay(List.of(FakeAttempt.input("null")), 0);
        }

        // Each attempt of this test has its own engine; within one, a hundred steps ask once.
        assertThat(counting.created.get() - bound).isEqualTo(3);
    }

    private static String manySteps(Context ctx, Void nothing) {
        List<RestatePromise<Integer>> steps = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            steps.add(ctx.runAsync("step", Integer.class, () -> 1));
        }
        return RestatePromise.all(steps).await().toString();
    }
}
