package dev.reprise.simulator.program;

import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.StateKey;
import java.util.Optional;

/** Sets, gets and clears state of the object that the handler has for itself: nobody else may come in between. */
record StateOperation(String name) implements Operation {
    private static final StateKey<String> LAST = StateKey.of("last", String.class);
    private static final StateKey<String> OWN = StateKey.of("own", String.class);

    @Override
    public RestatePromise<String> start(Scene scene) {
        ObjectContext box = scene.object();
        if (box == null) {
            // The caller has an object; this handler has none.
            return RestatePromise.resolve("state truetruetrue");
        }
        boolean clean = box.get(OWN).isEmpty();
        box.set(OWN, name);
        boolean set = box.get(OWN).equals(Optional.of(name)) && box.stateKeys().contains("own");
        box.clear(OWN);
        box.set(LAST, scene.unique(name));
        boolean cleared = box.get(OWN).isEmpty() && box.get(LAST).equals(Optional.of(scene.unique(name)));
        return RestatePromise.resolve("state " + clean + set + cleared);
    }

    @Override
    public Expected expected() {
        return Expected.value("state truetruetrue");
    }
}
