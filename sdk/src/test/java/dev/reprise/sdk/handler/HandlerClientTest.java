package dev.reprise.sdk.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Header;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.CallPromise;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.ServiceClient;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandlerClientTest {
    record Trip(String to) {}

    record Quote(long price) {}

    @Service
    interface Insurance {
        @Handler
        Quote quote(Context ctx, Trip trip);

        @Handler
        String about(Context ctx);
    }

    @VirtualObject
    static final class Counter {
        @Handler
        public void add(ObjectContext ctx, long amount) {}

        @Handler
        public void reset(ObjectContext ctx) {}
    }

    @Workflow
    static final class Signup {
        @Handler
        public boolean run(WorkflowContext ctx, String email) {
            return true;
        }

        @Shared
        public void confirm(SharedWorkflowContext ctx) {}
    }

    private record Call(Target target, CallOptions options, Bytes parameter, Serde<?> result) {}

    private record Send(Target target, SendOptions options, Bytes parameter) {}

    /** Notes what is sent and answers nothing. */
    @NullUnmarked
    private static final class Notes implements CallSender {
        final List<Object> sent = new ArrayList<>();

        @Override
        public <T extends @Nullable Object> CallPromise<T> call(
                Target target, CallOptions options, Bytes parameter, Serde<T> result, boolean othersMayWait) {
            sent.add(new Call(target, options, parameter, result));
            return null;
        }

        @Override
        public InvocationHandle send(Target target, SendOptions options, Bytes parameter) {
            sent.add(new Send(target, options, parameter));
            return null;
        }

        @Override
        public SerdeFactory serdes() {
            return SerdeFactory.json();
        }

        Call call() {
            return (Call) sent.getLast();
        }
    }

    private final Notes notes = new Notes();

    @Test
    void serviceHandler_called_namesTargetAndTypes() {
        CallPromise<Quote> ignored =
                HandlerClient.service(notes, Insurance.class).call(Insurance::quote, new Trip("Rome"));

        assertThat(notes.call().target()).isEqualTo(Target.service("Insurance", "quote"));
        assertThat(notes.call().parameter()).isEqualTo(Bytes.utf8("{\"to\":\"Rome\"}"));
        assertThat(notes.call().options()).isEqualTo(CallOptions.NONE);
        assertThat(notes.call().result().deserialize(Bytes.utf8("{\"price\":3}")))
                .isEqualTo(new Quote(3));
    }

    @Test
    void handlerWithoutInput_called_sendsNothing() {
        CallPromise<String> ignored = HandlerClient.service(notes, Insurance.class)
                .call(Insurance::about, CallOptions.idempotencyKey("once").withHeader("a", "b"));

        assertThat(notes.call().target()).isEqualTo(Target.service("Insurance", "about"));
        assertThat(notes.call().parameter()).isEqualTo(Bytes.EMPTY);
        assertThat(notes.call().options().idempotencyKey()).isEqualTo("once");
        assertThat(notes.call().options().headers()).containsExactly(new Header("a", "b"));
    }

    @Test
    void handlerWithoutResult_called_readsNothing() {
        ServiceClient<Counter> counter = HandlerClient.object(notes, Counter.class, "k");

        CallPromise<@Nullable Void> added = counter.call(Counter::add, 1L);
        CallPromise<@Nullable Void> reset = counter.call(Counter::reset);

        assertThat(notes.sent)
                .containsExactly(
                        new Call(Target.object("Counter", "k", "add"), CallOptions.NONE, Bytes.utf8("1"), Serde.none()),
                        new Call(Target.object("Counter", "k", "reset"), CallOptions.NONE, Bytes.EMPTY, Serde.none()));
        assertThat(added).isSameAs(reset);
    }

    @Test
    void handler_sentWithDelay_carriesOptions() {
        SendOptions later = SendOptions.delay(Duration.ofSeconds(5))
                .withScope("s")
                .withLimitKey("l")
                .withName("n");
        ServiceClient<Counter> counter = HandlerClient.object(notes, Counter.class, "k");

        InvocationHandle ignored = counter.send(Counter::add, 1L, later);

        assertThat(notes.sent).containsExactly(new Send(Target.object("Counter", "k", "add"), later, Bytes.utf8("1")));
        assertThat(later.call()).isEqualTo(new CallOptions(List.of(), null, "s", "l", "n"));
    }

    @Test
    void workflowHandlers_calledAndSent_haveTheKey() {
        ServiceClient<Signup> signup = HandlerClient.workflow(notes, Signup.class, "a@b");

        InvocationHandle run = signup.send(Signup::run, "x");
        InvocationHandle confirm =
                signup.send(Signup::confirm, SendOptions.idempotencyKey("i").withHeader("h", "v"));
        CallPromise<Boolean> ignored = signup.call(Signup::run, "x", CallOptions.header("h", "v"));

        assertThat(notes.sent.getFirst())
                .isEqualTo(new Send(Target.workflow("Signup", "a@b", "run"), SendOptions.NONE, Bytes.utf8("\"x\"")));
        assertThat(notes.call().target()).isEqualTo(Target.workflow("Signup", "a@b", "run"));
        assertThat(run).isSameAs(confirm);
    }

    @Test
    void emptyKeys_given_areRefused() {
        assertThatThrownBy(() -> CallOptions.idempotencyKey("")).hasMessageContaining("Expected the idempotency key");
        assertThatThrownBy(() -> SendOptions.NONE.withScope("")).hasMessageContaining("Expected the scope");
        assertThatThrownBy(() -> SendOptions.NONE.withLimitKey("")).hasMessageContaining("Expected the limit key");
    }

    @Test
    void negativeDelay_given_isRefused() {
        assertThatThrownBy(() -> SendOptions.delay(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Expected a delay of zero or more", "found PT-0.001S");
    }
}
