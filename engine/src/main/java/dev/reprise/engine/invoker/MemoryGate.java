package dev.reprise.engine.invoker;

import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.memory.MemoryPool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets attempts of one partition begin when there is memory for them; one waits in the pool's line on behalf of all.
 * Belongs to the partition's thread.
 */
final class MemoryGate implements AutoCloseable {
    private final InvokerPools pools;
    private final Proposals proposals;

    private @Nullable MemoryLease granted;
    private MemoryPool.@Nullable Wait wait;
    private boolean closed;

    MemoryGate(InvokerPools pools, Proposals proposals) {
        this.pools = pools;
        this.proposals = proposals;
    }

    /**
     * What an attempt takes before it begins; empty if there is none yet. Then the partition's thread is woken when
     * there is.
     */
    Optional<MemoryLease> pass() {
        closed = false;
        MemoryLease ready = granted;
        if (ready != null) {
            granted = null;
            return Optional.of(ready);
        }
        if (wait != null) {
            return Optional.empty();
        }
        Optional<MemoryLease> atOnce = pools.initial().tryReserve(pools.initialBytes());
        if (atOnce.isEmpty()) {
            wait = pools.initial().await(pools.initialBytes(), lease -> proposals.execute(() -> grant(lease)));
        }
        return atOnce;
    }

    private void grant(MemoryLease lease) {
        wait = null;
        if (closed || granted != null) {
            lease.close();
        } else {
            granted = lease;
        }
    }

    /** Nobody wants to begin: passes what was granted on to others. */
    void release() {
        if (granted != null) {
            granted.close();
            granted = null;
        }
        if (wait != null && wait.cancel()) {
            wait = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        release();
    }
}
