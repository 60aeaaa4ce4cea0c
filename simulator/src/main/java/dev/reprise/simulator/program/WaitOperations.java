package dev.reprise.simulator.program;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.TimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Things to wait for: time, and messages from others. */
final class WaitOperations {
    private WaitOperations() {}

    record Sleeping(int millis) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().timer(Duration.ofMillis(millis)).map(nothing -> "slept");
        }

        @Override
        public Expected expected() {
            return Expected.value("slept");
        }
    }

    /** Another operation, if it ends in time. */
    record InTime(Operation operation, int millis) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return operation.start(scene).orTimeout(Duration.ofMillis(millis)).recover(e -> {
                if (e instanceof TimeoutException) {
                    return "late";
                }
                throw e;
            });
        }

        @Override
        public Expected expected() {
            Expected inTime = operation.expected();
            String late = Pattern.quote("late");
            String value = inTime.value() == null ? late : "(?:" + inTime.value() + "|" + late + ")";
            return new Expected(value, inTime.failure());
        }
    }

    /** An awakeable that a client completes; the closure of a run tells the client its id. */
    record Awoken(String name, boolean fails) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            Awakeable<String> awakeable = scene.ctx().awakeable(String.class);
            String tell = "tell " + name;
            RestatePromise<String> told = scene.ctx().runAsync(tell, String.class, () -> {
                scene.outside().completeAwakeable(awakeable.id(), name, fails);
                return scene.execute(tell, 0);
            });
            return RestatePromise.all(told, awakeable.promise()).map((ignored, value) -> value);
        }

        @Override
        public Expected expected() {
            return fails ? Expected.failure(name) : Expected.value(name);
        }
    }

    /** An awakeable that the handler completes. */
    record AwokenByItself(String name) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            Awakeable<String> awakeable = scene.ctx().awakeable(String.class);
            scene.ctx().awakeableHandle(awakeable.id()).resolve(name);
            return awakeable.promise();
        }

        @Override
        public Expected expected() {
            return Expected.value(name);
        }
    }

    /** A named signal that a client sends; the closure of a run tells the client about it. */
    record Signalled(String name) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            String tell = "tell " + name;
            RestatePromise<String> told = scene.ctx().runAsync(tell, String.class, () -> {
                scene.outside().signal(scene.ctx().request().invocationId(), name, name);
                return scene.execute(tell, 0);
            });
            return RestatePromise.all(told, scene.ctx().signal(name, String.class))
                    .map((ignored, value) -> value);
        }

        @Override
        public Expected expected() {
            return Expected.value(name);
        }
    }

    /** Several signals of one name, awaited together or one after the other: each await takes one. */
    record SignalledOften(String name, int count, boolean together) implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            String tell = "tell " + name;
            RestatePromise<String> told = scene.ctx().runAsync(tell, String.class, () -> {
                for (int i = 0; i < count; i++) {
                    scene.outside().signal(scene.ctx().request().invocationId(), name, name + "#" + i);
                }
                return scene.execute(tell, 0);
            });
            RestatePromise<String> signals = together ? together(scene) : oneByOne(scene);
            return RestatePromise.all(told, signals).map((ignored, values) -> values);
        }

        private RestatePromise<String> together(Scene scene) {
            List<RestatePromise<String>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(scene.ctx().signal(name, String.class));
            }
            return RestatePromise.all(all).map(values -> String.join("+", values));
        }

        private RestatePromise<String> oneByOne(Scene scene) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(scene.ctx().signal(name, String.class).await());
            }
            return RestatePromise.resolve(String.join("+", values));
        }

        /** A closure that was cut may have told the client before, so that a value may occur twice. */
        @Override
        public Expected expected() {
            String one = Pattern.quote(name) + "#[0-9]";
            return new Expected(one + ("\\+" + one).repeat(count - 1), null);
        }
    }

    /** An awakeable that nobody completes. */
    record Never() implements Operation {
        @Override
        public RestatePromise<String> start(Scene scene) {
            return scene.ctx().awakeable(String.class).promise();
        }

        @Override
        public Expected expected() {
            return Expected.NEVER;
        }

        @Override
        public boolean ends() {
            return false;
        }
    }
}
