package dev.reprise.testkit.orders;

import dev.reprise.embedded.DroppedPromise;
import dev.reprise.sdk.attempt.DropListener.Dropped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The promises that a handler dropped in any order that was explored; each is logged once. Used by one thread. */
final class DroppedInOrders {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedInOrders.class);

    private final Set<DroppedPromise> known = new LinkedHashSet<>();

    /** Logs those that are new, and gives those of {@code dropped} that nobody waited for. */
    List<DroppedPromise> add(Set<Dropped> dropped) {
        List<DroppedPromise> all = dropped.stream()
                .map(one -> new DroppedPromise(one.handler(), one.promise(), one.line(), one.isWaitedFor()))
                .toList();
        all.stream().filter(known::add).forEach(promise -> {
            if (promise.isWaitedFor()) {
                LOG.info("{}", promise);
            } else {
                LOG.warn("{}; await it, cancel() it, or do not make it", promise);
            }
        });
        return all.stream().filter(promise -> !promise.isWaitedFor()).toList();
    }
}
