package dev.reprise.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Counts and times the ingress's requests. */
final class MeteredIngress extends Handler.Wrapper {
    private final MeterRegistry registry;
    private final Timer duration;

    MeteredIngress(Handler ingress, MeterRegistry registry) {
        super(ingress);
        this.registry = registry;
        this.duration = Timer.builder("restate.ingress.request.duration")
                .description("From a request to its answer")
                .publishPercentiles(0.5, 0.9, 0.99)
                .register(registry);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long begin = System.nanoTime();
        return super.handle(request, response, Callback.from(callback, () -> {
            duration.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
            Counter.builder("restate.ingress.requests")
                    .description("Requests by the status of their answer")
                    .tag("status", String.valueOf(response.getStatus()))
                    .register(registry)
                    .increment();
        }));
    }
}
