package dev.reprise.testkit;

import dev.reprise.embedded.DroppedPromise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promises that handlers dropped during a test, each once: what the handler waited for nevertheless is noted,
 * anything else is a warning. Any thread.
 */
final class DroppedPromises implements Consumer<DroppedPromise> {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedPromises.class);

    private final Set<DroppedPromise> dropped = new LinkedHashSet<>();

    @Override
    public synchronized void accept(DroppedPromise promise) {
        if (!dropped.add(promise)) {
            return;
        }
        if (promise.isWaitedFor()) {
            LOG.info("{}", promise);
        } else {
            LOG.warn("{}; await it, cancel() it, or do not make it", promise);
        }
    }

    /** Those that were given up. */
    synchronized List<DroppedPromise> givenUp() {
        return dropped.stream().filter(promise -> !promise.isWaitedFor()).toList();
    }
}
