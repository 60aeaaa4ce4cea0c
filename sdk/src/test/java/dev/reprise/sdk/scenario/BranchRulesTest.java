package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.ControlMessage.Suspension;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Branch;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.PromiseCancelledException;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine sees of branches and of what is given up, message by message. */
class BranchRulesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    /** A replay comes to where the handler gives the run up before it executes what the journal has no result of. */
    @Test
    void run_thatAReplayGivesUp_isNotExecutedAgain() {
        List<String> executed = new ArrayList<>();
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    RestatePromise<String> given = ctx.runAsync("given up", String.class, () -> {
                        executed.add("given up");
                        return "";
                    });
                    ctx.sleep(HOUR);
                    given.cancel();
                    return ctx.run("kept", String.class, () -> {
                        executed.add("kept");
                        return "";
                    });
                },
                new Command.Run(1, "given up"),
                new Command.Sleep(0, 2, ""),
                FakeAttempt.slept(2));
        assertThat(executed).containsExactly("kept");
        assertThat(attempt.sent(ProposeRunCompletion.class))
                .extracting(ProposeRunCompletion::resultCompletionId)
                .containsExactly(3);
    }

    private static RestatePromise<String> call(Context ctx, String handler) {
        return ctx.call(Target.service("Other", handler), "", String.class);
    }

    /** What a branch has made of its own promises is no reason to keep them. */
    @Test
    void branchThatIsCancelled_cancelsWhatItHasCombined() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            Branch<String> branch = ctx.fork(
                    "branch",
                    c -> RestatePromise.all(List.of(call(c, "work"), c.signal("never", String.class)))
                            .await()
                            .toString());
            ctx.run("a step", () -> {});
            branch.cancel();
            return "gone on";
        });
        attempt.receive(FakeAttempt.acknowledged(1), FakeAttempt.callStarted(2, "inv_work"));
        assertThat(Attempts.text(attempt)).isEqualTo("gone on");
        assertThat(Attempts.only(attempt, Command.SendSignal.class).targetInvocationId())
                .isEqualTo("inv_work");
    }

    /** A branch whose forker has ended keeps its place in the order of forking. */
    @Test
    void branchOfABranchThatHasEnded_isCancelledInTheOrderOfForking() {
        Played played = Played.handler(
                (ctx, nothing) -> {
                    RestatePromise<String> ended = ctx.fork("ended", c -> {
                        RestatePromise<String> orphan = c.fork("orphan", d -> untilCancelled(d, "orphan"));
                        return "has forked " + orphan.isSettled();
                    });
                    RestatePromise<String> later = ctx.fork("later", c -> untilCancelled(c, "later"));
                    return ended.await() + later.await();
                },
                FakeAttempt.cancel());
        assertThat(played.runs())
                .contains(List.of("orphan out", "later out"))
                .doesNotContain(List.of("later out", "orphan out"));
    }

    private static String untilCancelled(Context ctx, String name) {
        try {
            return ctx.signal("never", String.class).await();
        } finally {
            ctx.run(name + " out", () -> {});
        }
    }

    /** The engine would resume it for what it cannot take yet, again and again. */
    @Test
    void idOfACallThatWasGivenUp_whileAnotherIsWaitedFor_isNoReasonToGoOn() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> one = call(ctx, "one");
            call(ctx, "two").cancel();
            return one.await();
        });
        attempt.receive(FakeAttempt.cancel()).receive(FakeAttempt.callStarted(3, "inv_two"));
        attempt.closeInput();
        List<NotificationId> leaves = new ArrayList<>();
        Attempts.only(attempt, Suspension.class).awaitingOn().forEachLeaf(leaves::add);
        assertThat(leaves).contains(new CompletionId(1)).doesNotContain(new CompletionId(3));
    }

    @Test
    void run_givenUpWhoseResultTheJournalHas_staysGivenUp() {
        FakeAttempt attempt = Attempts.service(
                (ctx, nothing) -> {
                    RestatePromise<String> given = ctx.runAsync("given up", String.class, () -> "");
                    ctx.sleep(HOUR);
                    given.cancel();
                    ctx.sleep(HOUR);
                    try {
                        return given.await();
                    } catch (PromiseCancelledException e) {
                        return "cancelled";
                    }
                },
                new Command.Run(1, "given up"),
                new Command.Sleep(0, 2, ""),
                FakeAttempt.slept(2),
                new Command.Sleep(0, 3, ""),
                FakeAttempt.runCompleted(1, "\"late\""),
                FakeAttempt.slept(3));
        assertThat(Attempts.text(attempt)).isEqualTo("cancelled");
    }

    /** Nothing runs twice because a sibling failed: what is being executed ends and is proposed before the error. */
    @Test
    void branch_thatFailsForTheMoment_letsClosuresOfOthersEnd() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> other = ctx.runAsync("other", String.class, () -> "done");
            RestatePromise<String> failing = ctx.fork("failing", c -> {
                throw new IllegalStateException("for the moment");
            });
            return RestatePromise.all(other, failing).map((a, b) -> a + b).await();
        });
        List<Message> sent = attempt.sent();
        assertThat(sent.getLast()).isInstanceOf(ErrorMessage.class);
        assertThat(sent).hasAtLeastOneElementOfType(ProposeRunCompletion.class);
        assertThat(((ErrorMessage) sent.getLast()).message()).contains("for the moment");
    }

    @Test
    void suspension_ofNestedBranches_unwindsThemFirstAndRecordsNothing() {
        List<String> left = new ArrayList<>();
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            try {
                Branch<String> parent = ctx.fork("parent", c -> {
                    try {
                        return c.fork("child", d -> until(d, left, "child")).await();
                    } finally {
                        leave(c, left, "parent");
                    }
                });
                Branch<String> sibling = ctx.fork("sibling", c -> until(c, left, "sibling"));
                return RestatePromise.race(parent, sibling).await();
            } finally {
                leave(ctx, left, "handler");
            }
        });
        int commands = attempt.sent(Command.class).size();
        attempt.closeInput();
        assertThat(attempt.sent(Suspension.class)).hasSize(1);
        assertThat(left).containsExactly("child", "parent", "sibling", "handler");
        assertThat(attempt.sent(Command.class)).hasSize(commands);
    }

    private static String until(Context ctx, List<String> left, String name) {
        try {
            return ctx.signal("never", String.class).await();
        } finally {
            leave(ctx, left, name);
        }
    }

    /** Cleanup of an attempt that is over can do nothing through its context. */
    private static void leave(Context ctx, List<String> left, String name) {
        left.add(name);
        ctx.run("not any more", () -> {});
    }

    @Test
    void suspension_tellsOneTreeForAllThatWait() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            Branch<String> a = ctx.fork("a", c -> c.signal("one", String.class).await());
            Branch<String> b = ctx.fork("b", c -> c.signal("two", String.class).await());
            return RestatePromise.all(a, b).map((x, y) -> x + y).await();
        });
        attempt.closeInput();
        List<Object> leaves = new ArrayList<>();
        Attempts.only(attempt, Suspension.class).awaitingOn().forEachLeaf(leaves::add);
        assertThat(leaves).contains(new SignalName("one"), new SignalName("two"));
    }

    @Test
    void isSettled_observesNothing() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> asked = ctx.runAsync("asked", String.class, () -> {
                throw new TerminalException(418, "nobody looked");
            });
            return "settled " + asked.isSettled();
        });
        attempt.receive(FakeAttempt.acknowledged(1));
        assertThat(Attempts.failure(attempt).message()).isEqualTo("nobody looked");
    }

    @Test
    void loserOfARace_failingLater_isNobodysMatter() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            RestatePromise<String> loser = ctx.signal("never", String.class);
            return RestatePromise.race(loser, ctx.runAsync("fast", String.class, () -> "fast"))
                    .await();
        });
        attempt.receive(FakeAttempt.acknowledged(1));
        assertThat(Attempts.text(attempt)).isEqualTo("fast");
    }

    /** What a branch that lives has begun is its own matter: it may yet look at it. */
    @Test
    void run_ofALosingBranch_doesNotFailTheHandler() {
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            Branch<String> loser = ctx.fork("loser", c -> {
                RestatePromise<String> bad = c.runAsync("bad", String.class, () -> {
                    throw new TerminalException("bad");
                });
                c.signal("never", String.class).await();
                return bad.recover(TerminalException::getMessage).await();
            });
            return RestatePromise.race(loser, ctx.runAsync("fast", String.class, () -> "fast"))
                    .await();
        });
        attempt.receive(FakeAttempt.acknowledged(1), FakeAttempt.acknowledged(2));
        assertThat(Attempts.text(attempt)).isEqualTo("fast");
    }

    /** While a read of state waits for the engine no other task goes on, so that get and set are one. */
    @Test
    void state_readLazily_movesNoBaton() {
        StateKey<Integer> count = StateKey.of("count", Integer.class);
        List<String> order = new ArrayList<>();
        FakeAttempt attempt = Attempts.objectWithoutState((ctx, nothing) -> {
            Branch<String> branch = ctx.fork("branch", c -> {
                c.run("first", () -> {});
                order.add("branch");
                return "";
            });
            ctx.run("own", () -> {});
            order.add("asks");
            int before = ctx.get(count).orElse(0);
            order.add("goes on");
            ctx.set(count, before + 1);
            branch.await();
            return order.toString();
        });
        attempt.receive(
                FakeAttempt.acknowledged(1),
                FakeAttempt.acknowledged(2),
                FakeAttempt.completion(MessageType.GET_LAZY_STATE_COMPLETION, 3, Result.Empty.INSTANCE));
        assertThat(Attempts.text(attempt)).isEqualTo("[asks, goes on, branch]");
    }

    @Test
    void cancel_ofASharedCall_cancelsItOnlyWhenAsked() {
        Serde<String> text = SerdeFactory.json().create(String.class);
        CallOptions shared = CallOptions.idempotencyKey("key");
        FakeAttempt attempt = Attempts.service((ctx, nothing) -> {
            ctx.call(Target.service("Other", "work"), text, "a", text, shared).cancel();
            ctx.call(Target.service("Other", "work"), text, "b", text, shared).cancelShared();
            ctx.signal("never", String.class).await();
            return "";
        });
        attempt.receive(FakeAttempt.callStarted(1, "inv_a"), FakeAttempt.callStarted(3, "inv_b"));
        assertThat(attempt.sent(Command.SendSignal.class))
                .extracting(Command.SendSignal::targetInvocationId)
                .containsExactly("inv_b");
    }
}
