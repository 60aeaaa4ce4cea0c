package dev.reprise.sdk.scenario;

import static dev.reprise.protocol.FutureTree.Kind.ALL_COMPLETED;
import static dev.reprise.protocol.FutureTree.Kind.ALL_SUCCEEDED_OR_FIRST_FAILED;
import static dev.reprise.protocol.FutureTree.Kind.FIRST_COMPLETED;
import static dev.reprise.protocol.FutureTree.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.ControlMessage.AwaitingOn;
import dev.reprise.protocol.FutureTree.Kind;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.attempt.AttemptThreads.Parking;
import dev.reprise.sdk.handler.InvocationHandler;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people are told that a handler waits for. */
class DescribedWaitsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final BatonThreads threads = new BatonThreads(new Random(1));
    private final Parking gate = threads.newParking();

    private FakeAttempt attempt(ProtocolVersion version, Code<Context, Void, String> code) {
        ServiceDefinition service = ServiceDefinition.service("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
        InvocationHandler process = new InvocationHandler(List.of(service), threads, threads.clock(), () -> 0);
        return new FakeAttempt(process, service, version, message -> {}, threads)
                .replay(new ArrayList<>(List.of(FakeAttempt.input("null"))), 0);
    }

    private List<Awaited> described(Code<Context, Void, String> code) {
        return described(attempt(ProtocolVersion.V7, code));
    }

    private static List<Awaited> described(FakeAttempt attempt) {
        List<Awaited> described = new ArrayList<>();
        for (AwaitingOn message : attempt.sent(AwaitingOn.class)) {
            if (message.awaited() != null) {
                described.add(message.awaited());
            }
        }
        return described;
    }

    private static Awaited one(int completion) {
        return new Awaited.One(new CompletionId(completion));
    }

    private static Awaited group(String label, Kind kind, Awaited... members) {
        return new Awaited.Group(label, kind, List.of(members));
    }

    private static Message slept(int completion) {
        return new Notification(MessageType.SLEEP_COMPLETION, new CompletionId(completion), Result.Empty.INSTANCE);
    }

    private static RestatePromise<?> both(RestatePromise<?> first, RestatePromise<?> second) {
        return RestatePromise.all(first, second);
    }

    @Test
    void wait_forOneThing_isNotDescribed() {
        assertThat(described((ctx, nothing) -> {
                    ctx.timer(SECOND).map(ignored -> "").await();
                    return "";
                }))
                .isEmpty();
    }

    @Test
    void combinators_nested_areDescribedWithTheirNames() {
        assertThat(described((ctx, nothing) -> {
                    var timers = List.of(ctx.timer(SECOND), ctx.timer(SECOND), ctx.timer(SECOND));
                    RestatePromise<?> quorum = RestatePromise.atLeast(2, timers);
                    RestatePromise<?> limited =
                            ctx.timer(SECOND).map(ignored -> "").orTimeout(Duration.ofMillis(1500));
                    both(quorum, limited).await();
                    return "";
                }))
                .containsExactly(group(
                        "",
                        ALL_SUCCEEDED_OR_FIRST_FAILED,
                        group("at least 2 of 3", FIRST_COMPLETED, one(1), one(2), one(3)),
                        group("or timeout 1.5s", FIRST_COMPLETED, one(4), one(5))));
    }

    @Test
    void combinator_ofWhichPartHasSettled_isDescribedWhole() {
        FakeAttempt attempt = attempt(ProtocolVersion.V7, (ctx, nothing) -> {
            RestatePromise<?> first = ctx.timer(SECOND);
            RestatePromise<?> second = ctx.timer(SECOND);
            first.await();
            both(first, second).await();
            return "";
        });
        attempt.receive(slept(1));
        assertThat(described(attempt)).containsExactly(group("", ALL_SUCCEEDED_OR_FIRST_FAILED, one(1), one(2)));
        attempt.receive(slept(2));
        assertThat(attempt.sent(AwaitingOn.class)).hasSize(2);
    }

    /** The engine knows that results are to come, but not how they belong together. */
    @Test
    void raceOfRuns_isDescribedWhileTheyExecute() {
        FakeAttempt attempt = attempt(ProtocolVersion.V7, (ctx, nothing) -> {
            var slow = ctx.runAsync("slow", String.class, () -> {
                gate.park();
                return "slow";
            });
            var slower = ctx.runAsync("slower", String.class, () -> {
                gate.park();
                return "slower";
            });
            return RestatePromise.race(List.of(slow, slower)).await();
        });
        assertThat(attempt.sent(AwaitingOn.class)).singleElement().satisfies(message -> {
            assertThat(message.executingSideEffects()).isTrue();
            assertThat(message.awaited()).isEqualTo(group("", FIRST_COMPLETED, one(1), one(2)));
        });
    }

    @Test
    void oneRun_whileItExecutes_isNotTold() {
        FakeAttempt attempt = attempt(
                ProtocolVersion.V7,
                (ctx, nothing) -> ctx.run("slow", String.class, () -> {
                    gate.park();
                    return "slow";
                }));
        assertThat(attempt.sent(AwaitingOn.class)).isEmpty();
    }

    @Test
    void branches_areDescribedByTheirNames_withWhatTheyWaitFor() {
        assertThat(described((ctx, nothing) -> {
                    try (var scope = ctx.scope(Joiner.awaitAll())) {
                        var flight = scope.fork("flight", c -> {
                            c.sleep(SECOND);
                            return "";
                        });
                        var hotel = scope.fork("hotel", c -> {
                            both(c.timer(SECOND), c.timer(SECOND)).await();
                            return "";
                        });
                        scope.join();
                        return flight.get() + hotel.get();
                    }
                }))
                .last()
                .isEqualTo(group(
                        "",
                        ALL_COMPLETED,
                        group("branch flight", UNKNOWN, one(1)),
                        group("branch hotel", UNKNOWN, group("", ALL_SUCCEEDED_OR_FIRST_FAILED, one(2), one(3)))));
    }

    @Test
    void branches_thatTheHandlerDoesNotAwait_areDescribedBesideIt() {
        assertThat(described((ctx, nothing) -> {
                    var branch = ctx.fork("flight", c -> {
                        c.sleep(SECOND);
                        return "";
                    });
                    ctx.sleep(SECOND);
                    return branch.await();
                }))
                .last()
                .isEqualTo(group("", FIRST_COMPLETED, one(1), group("branch flight", UNKNOWN, one(2))));
    }

    @Test
    void olderProtocolVersion_hasNoMessageForIt() {
        FakeAttempt attempt = attempt(ProtocolVersion.V6, (ctx, nothing) -> {
            both(ctx.timer(SECOND), ctx.timer(SECOND)).await();
            return "";
        });
        assertThat(attempt.sent(AwaitingOn.class)).isEmpty();
    }

    @Test
    void waits_asManyAsTheEngineKeeps_areDescribed() {
        FakeAttempt attempt = attempt(ProtocolVersion.V7, (ctx, nothing) -> {
            for (int i = 0; i < 60; i++) {
                RestatePromise.race(List.of(ctx.timer(SECOND), ctx.timer(SECOND)))
                        .await();
            }
            return "";
        });
        for (int i = 0; i < 60; i++) {
            attempt.receive(slept(2 * i + 1));
        }
        assertThat(attempt.sent(AwaitingOn.class)).hasSize(60);
        assertThat(described(attempt)).hasSize(50);
    }

    @Test
    void wait_forMoreThanCanBeSent_isToldWithoutDescription() {
        FakeAttempt attempt = attempt(ProtocolVersion.V7, (ctx, nothing) -> {
            RestatePromise.all(IntStream.range(0, Awaited.NODES_MAX)
                            .mapToObj(i -> ctx.timer(SECOND))
                            .toList())
                    .await();
            return "";
        });
        assertThat(attempt.sent(AwaitingOn.class))
                .singleElement()
                .extracting(AwaitingOn::awaited)
                .isNull();
    }
}
