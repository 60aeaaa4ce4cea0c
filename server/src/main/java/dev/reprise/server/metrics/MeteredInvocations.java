package dev.reprise.server.metrics;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Result;
import java.time.InstantSource;

/**
 * Counts and times invocations when they end, and passes everything on to another observer.
 *
 * @param clock the engine's
 */
record MeteredInvocations(InvocationObserver next, HandlerMeters meters, InstantSource clock)
        implements InvocationObserver {
    @Override
    public void started(Invocation invocation) {
        next.started(invocation);
    }

    @Override
    public void ended(Invocation invocation, Result result) {
        next.ended(invocation, result);
        var target = invocation.request().target();
        meters.of(target.service(), target.handler())
                .ended(
                        !(result instanceof Result.Failed),
                        clock.millis() - invocation.times().createdMillis());
    }

    @Override
    public void stopped(int partition, Throwable cause) {
        next.stopped(partition, cause);
    }
}
