package dev.reprise.simulator.program;

import java.time.Duration;

/** What a random handler does after it was cancelled, before it ends; if it is cancelled again, it ends at once. */
enum Undo {
    NOTHING {
        @Override
        void run(Scene scene) {}
    },
    STEP {
        @Override
        void run(Scene scene) {
            scene.ctx().run("undo", String.class, () -> scene.execute("undo", 0));
        }
    },
    SLEEPING {
        @Override
        void run(Scene scene) {
            scene.ctx().sleep(Duration.ofMillis(300));
        }
    },
    /** Waits for the next cancellation. */
    WAITING {
        @Override
        void run(Scene scene) {
            scene.ctx().awakeable(String.class).await();
        }
    };

    abstract void run(Scene scene);
}
