package dev.reprise.examples.guides;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.serde.TypeRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The services that {@code docs/services.md} shows. */
public final class Services {
    private Services() {}

    /** What a handler takes and gives. */
    public record Mail(String to, String text) {}

    /** Handlers that share nothing. */
    @Service
    public static class Mailer {
        /** Sends a mail. */
        @Handler
        public String send(Context ctx, Mail mail) {
            ctx.run("send mail", () -> Remote.mail(mail.to()));
            return "sent to " + mail.to();
        }
    }

    /** One cart for each customer, with its state. */
    @VirtualObject
    public static class Cart {
        private static final StateKey<List<String>> ITEMS = StateKey.of("items", new TypeRef<>() {});

        /** Has the cart for itself, and writes. */
        @Handler
        public int add(ObjectContext ctx, String item) {
            List<String> items = new ArrayList<>(ctx.get(ITEMS).orElse(List.of()));
            items.add(item);
            ctx.set(ITEMS, items);
            return items.size();
        }

        /** Reads, beside others. */
        @Shared
        public List<String> items(SharedObjectContext ctx) {
            return ctx.get(ITEMS).orElse(List.of());
        }

        /** Calls, sends, and empties the cart. */
        @Handler
        public String checkout(ObjectContext ctx) {
            String customer = ctx.key();
            Mail mail = new Mail(customer, "you ordered " + ctx.get(ITEMS).orElse(List.of()));

            String sent = ctx.service(Mailer.class).call(Mailer::send, mail).await();

            Mail survey = new Mail(customer, "how was it?");
            ctx.service(Mailer.class).send(Mailer::send, survey, SendOptions.delay(Duration.ofDays(7)));
            ctx.clear(ITEMS);
            return sent;
        }
    }

    /** One run for each key. */
    @Workflow
    public static class Delivery {
        private static final StateKey<String> STATUS = StateKey.of("status", String.class);

        /** Runs once. */
        @Handler
        public String run(WorkflowContext ctx, String address) {
            ctx.set(STATUS, "on its way to " + address);
            String name = ctx.promise("signature", String.class).get().await();
            ctx.set(STATUS, "delivered");
            return "signed by " + name;
        }

        /** Looks at it. */
        @Shared
        public String status(SharedWorkflowContext ctx) {
            return ctx.get(STATUS).orElse("unknown");
        }

        /** Talks to it. */
        @Shared
        public void sign(SharedWorkflowContext ctx, String name) {
            ctx.promise("signature", String.class).resolve(name);
        }
    }

    /** Handlers that wait for somebody. */
    @Service
    public static class Desk {
        /** Hands out an id, and waits. */
        @Handler
        public String approve(Context ctx, String what) {
            Awakeable<Boolean> approval = ctx.awakeable(Boolean.class);
            ctx.run("ask", () -> Remote.ask(what, approval.id()));
            return approval.await() ? "bought " + what : "no " + what;
        }

        /** Waits for what is sent to this invocation. */
        @Handler
        public String coffee(Context ctx) {
            String size = ctx.signal("size", String.class).await();
            return "a " + size + " coffee";
        }

        /** Sends such a signal. */
        @Handler
        public void hurry(Context ctx, String invocationId) {
            ctx.invocation(invocationId).signal("size", "small");
        }

        /** Sends twice, and waits for the one invocation that comes of it. */
        @Handler
        public String twice(Context ctx, Mail mail) {
            SendOptions once = SendOptions.of(CallOptions.idempotencyKey("welcome " + mail.to()));
            ctx.service(Mailer.class).send(Mailer::send, mail, once);
            InvocationHandle same = ctx.service(Mailer.class).send(Mailer::send, mail, once);
            return same.attach(String.class).await();
        }
    }
}
