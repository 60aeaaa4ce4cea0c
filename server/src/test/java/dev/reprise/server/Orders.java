package dev.reprise.server;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Services whose invocations wait, and what may become of their code in the next version. */
final class Orders {
    /** How many closures were executed in this process. */
    static final AtomicInteger EXECUTED = new AtomicInteger();
    /** Holds closures of steps that do not end. */
    static final CountDownLatch GATE = new CountDownLatch(1);

    private Orders() {}

    private static void step(Context ctx, String name) {
        ctx.run(name, EXECUTED::incrementAndGet);
    }

    /** What is deployed. */
    @Service
    @Name("Orders")
    public static final class Deployed {
        /** Waits for somebody behind two steps. */
        @Handler
        public String place(Context ctx, String name) {
            step(ctx, "reserve");
            step(ctx, "charge");
            return ctx.awakeable(String.class).await();
        }

        /** Has a name of chance. */
        @Handler
        public String draw(Context ctx, String name) {
            step(ctx, "ticket " + ctx.uuid());
            return ctx.awakeable(String.class).await();
        }

        /** Is in the midst of a step. */
        @Handler
        public void stick(Context ctx, String name) {
            step(ctx, "reserve");
            ctx.run("stuck", () -> {
                EXECUTED.incrementAndGet();
                GATE.await();
            });
        }
    }

    /** More than is deployed, behind what all invocations have come to. */
    @Service
    @Name("Orders")
    public static final class Longer {
        @Handler
        public String place(Context ctx, String name) {
            new Deployed().place(ctx, name);
            step(ctx, "ship");
            return name;
        }

        @Handler
        public String draw(Context ctx, String name) {
            return new Deployed().draw(ctx, name);
        }

        @Handler
        public void stick(Context ctx, String name) {
            new Deployed().stick(ctx, name);
        }
    }

    /** The steps in another order. */
    @Service
    @Name("Orders")
    public static final class Swapped {
        @Handler
        public String place(Context ctx, String name) {
            step(ctx, "charge");
            step(ctx, "reserve");
            return ctx.awakeable(String.class).await();
        }

        /** Draws once more. */
        @Handler
        public String draw(Context ctx, String name) {
            ctx.uuid();
            return new Deployed().draw(ctx, name);
        }

        @Handler
        public void stick(Context ctx, String name) {
            if (name.equals("Ada")) {
                throw new IllegalStateException("not any more");
            }
        }
    }

    /** A virtual object that reads and writes state before it waits. */
    @VirtualObject
    public static final class Stock {
        private static final StateKey<Long> LEFT = StateKey.of("left", Long.class);

        /** Takes one, and waits for somebody. */
        @Handler
        public String take(ObjectContext ctx, String name) {
            long left = ctx.get(LEFT).orElse(10L);
            ctx.set(LEFT, left - 1);
            ctx.run("left " + ctx.get(LEFT).orElseThrow(), EXECUTED::incrementAndGet);
            return ctx.awakeable(String.class).await();
        }
    }

    /** Gives services by a method. */
    public static final class NewVersion {
        private NewVersion() {}

        public static List<Object> services() {
            return List.of(new Swapped(), new Stock());
        }
    }
}
