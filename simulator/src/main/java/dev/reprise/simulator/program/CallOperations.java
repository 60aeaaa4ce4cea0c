package dev.reprise.simulator.program;

import dev.reprise.protocol.Bytes;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.InvocationHandle;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import java.time.Duration;

/** Calls and sends to other handlers. */
public final class CallOperations {
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);
    private static final Target WORK = Target.service(Services.WORK, Services.RUN);

    private CallOperations() {}

    /** The value as a client would write it. */
    public static Bytes json(String text) {
        return TEXT.serialize(text);
    }

    public static String text(Bytes json) {
        return TEXT.deserialize(json);
    }

    record Calling(Argument argument) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().call(WORK, argument.toString(), String.class);
        }

        @Override
        public Expected expected() {
            return Programs.of(argument).expected();
        }
    }

    /** Makes one call with an idempotency key twice at once: both end alike. */
    record CallingTwice(String name, Argument argument) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            CallOptions options = CallOptions.idempotencyKey(scene.unique(name));
            RestatePromise<String> first = scene.ctx().call(WORK, TEXT, argument.toString(), TEXT, options);
            RestatePromise<String> second = scene.ctx().call(WORK, TEXT, argument.toString(), TEXT, options);
            return RestatePromise.all(first, second)
                    .map((one, other) -> one.equals(other) ? one : one + " and " + other);
        }

        @Override
        public Expected expected() {
            return Programs.of(argument).expected();
        }
    }

    /** Sends to a handler for later, and asks for its result. */
    record SendingAndAttaching(String name, Argument argument, int delayMillis) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return send(scene, name, argument, delayMillis).attach(String.class);
        }

        @Override
        public Expected expected() {
            return Programs.of(argument).expected();
        }
    }

    /** Sends to a handler and cancels it: it may end before, during or after its run. */
    record Cancelling(String name, Argument argument, int delayMillis) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            InvocationHandle sent = send(scene, name, argument, delayMillis);
            RestatePromise<String> result = sent.attach(String.class);
            sent.cancel();
            return result;
        }

        @Override
        public Expected expected() {
            return Programs.of(argument).expected().orFailure();
        }
    }

    private static InvocationHandle send(Scene scene, String name, Argument argument, int delayMillis) {
        SendOptions options = SendOptions.idempotencyKey(scene.unique(name)).withDelay(Duration.ofMillis(delayMillis));
        return scene.ctx().send(WORK, argument.toString(), options);
    }

    /** Adds a token of its own to a box, and waits for its turn. */
    record AddingToBox(String name, String key) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            Target add = Target.object(Services.BOX, key, Services.ADD);
            return scene.ctx().call(add, scene.unique(name), String.class);
        }

        @Override
        public Expected expected() {
            return Expected.value("added");
        }
    }

    /** Sends a token of its own to a box, to be added some time. */
    record SendingToBox(String name, String key, int delayMillis) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            Target add = Target.object(Services.BOX, key, Services.ADD);
            scene.ctx().send(add, scene.unique(name), SendOptions.delay(Duration.ofMillis(delayMillis)));
            return RestatePromise.resolve("sent");
        }

        @Override
        public Expected expected() {
            return Expected.value("sent");
        }
    }

    /** Looks into a box, concurrently with its holder. */
    record LookingIntoBox(String key) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().call(Target.object(Services.BOX, key, Services.SIZE), "", String.class);
        }

        @Override
        public Expected expected() {
            return new Expected("[0-9]+", null);
        }
    }

    /** Starts a workflow of its own, whose promise two handlers resolve: the first one counts. */
    record RunningFlow(String name) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            String key = scene.unique(name);
            Target resolve = Target.workflow(Services.FLOW, key, Services.RESOLVE);
            RestatePromise<String> run =
                    scene.ctx().call(Target.workflow(Services.FLOW, key, Services.RUN), name, String.class);
            scene.ctx().send(resolve, "this");
            scene.ctx().send(resolve, "that");
            return run;
        }

        @Override
        public Expected expected() {
            return new Expected("(?:this|that)", null);
        }
    }
}
