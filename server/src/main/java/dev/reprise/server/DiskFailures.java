package dev.reprise.server;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.store.StoreException;
import dev.reprise.protocol.Result;
import java.util.function.Consumer;

/**
 * Notices that a partition stopped because of its disk, and passes everything on to another observer. What a failed
 * disk still holds is known only once its files are opened again, so the only way on is a restart.
 *
 * @param onFailure called at once with the failure
 */
record DiskFailures(InvocationObserver next, Consumer<Throwable> onFailure) implements InvocationObserver {
    @Override
    public void started(Invocation invocation) {
        next.started(invocation);
    }

    @Override
    public void ended(Invocation invocation, Result result) {
        next.ended(invocation, result);
    }

    @Override
    public void stopped(int partition, Throwable cause) {
        next.stopped(partition, cause);
        if (cause instanceof LogException || cause instanceof StoreException) {
            onFailure.accept(cause);
        }
    }
}
