package dev.reprise.server.admin;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Services whose invocations come into every state. */
final class AdminTestServices {
    private AdminTestServices() {}

    static List<ServiceDefinition> all() {
        return List.of(
                ServiceDefinition.of(new Test()), ServiceDefinition.of(new Obj()), ServiceDefinition.of(new Wf()));
    }

    /** A plain service. */
    @Service
    public static final class Test {
        @Handler
        public String done(Context ctx, String input) {
            return input;
        }

        @Handler
        public String steps(Context ctx, String input) {
            ctx.run("one", Integer.class, () -> 1);
            ctx.run("two", Integer.class, () -> 2);
            return "stepped";
        }

        @Handler
        public void sleepy(Context ctx, String input) {
            ctx.sleep(Duration.ofHours(1));
        }

        @Handler
        public void failing(Context ctx, String input) {
            if (!input.isEmpty()) {
                throw new IllegalStateException("always");
            }
        }

        @Handler
        public void rejected(Context ctx, String input) {
            if (!input.isEmpty()) {
                throw new TerminalException(418, "no");
            }
        }
    }

    /** An object with a state. */
    @VirtualObject
    public static final class Obj {
        private static final StateKey<String> VALUE = StateKey.of("k", String.class);

        @Handler
        public void sleepy(ObjectContext ctx, String input) {
            ctx.sleep(Duration.ofHours(1));
        }

        @Handler
        public void set(ObjectContext ctx, String value) {
            ctx.set(VALUE, value);
        }

        @Handler
        @Shared
        public Optional<String> get(SharedObjectContext ctx) {
            return ctx.get(VALUE);
        }
    }

    /** A workflow. */
    @Workflow
    public static final class Wf {
        @Handler
        public String run(WorkflowContext ctx, String input) {
            return input;
        }

        @Handler
        @Shared
        public int peek(SharedWorkflowContext ctx) {
            return 1;
        }
    }
}
