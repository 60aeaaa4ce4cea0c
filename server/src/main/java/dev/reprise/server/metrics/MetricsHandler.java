package dev.reprise.server.metrics;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineHealth;
import dev.reprise.engine.call.EngineException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /metrics}, {@code GET /health}; other requests are left to other handlers. */
final class MetricsHandler extends Handler.Abstract {
    private static final String ROOT = "The measurements of a Reprise server are at /metrics, for Prometheus;"
            + " whether it is well, /health says.\n";

    private final PrometheusMeterRegistry registry;

    private final Engine engine;

    MetricsHandler(PrometheusMeterRegistry registry, Engine engine) {
        this.registry = registry;
        this.engine = engine;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return switch (request.getHttpURI().getPath()) {
            case "/metrics" -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
                Content.Sink.write(response, true, registry.scrape(), callback);
                yield true;
            }
            case "/health" -> {
                EngineHealth health = engine.health();
                response.setStatus(health.isWell() ? 200 : EngineException.UNAVAILABLE);
                Content.Sink.write(response, true, health.complaint(), callback);
                yield true;
            }
            case "/" -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
                Content.Sink.write(response, true, ROOT, callback);
                yield true;
            }
            default -> false;
        };
    }
}
