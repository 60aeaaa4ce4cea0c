package dev.reprise.server.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineHealth;
import dev.reprise.engine.partition.reads.PartitionReads;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers {@code GET /internal/engine} with the state of the engine as JSON, and {@code GET /internal/metrics} with
 * what the node port has at {@code /metrics}, which a page of the admin port must not fetch. Both are made for the web
 * page, and change as that needs it. Other requests are left to other handlers.
 */
final class EngineReport extends Handler.Abstract {
    /** A stopped partition never answers. */
    private static final long PATIENCE_MILLIS = 500;

    private static final long NOT_KNOWN = -1;

    private final Engine engine;
    private final Path folder;
    private final String settings;
    private final PrometheusMeterRegistry registry;

    EngineReport(Engine engine, Path folder, String settings, PrometheusMeterRegistry registry) {
        this.engine = engine;
        this.folder = folder;
        this.settings = settings;
        this.registry = registry;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!request.getMethod().equals("GET")) {
            return false;
        }
        return switch (request.getHttpURI().getPath()) {
            case "/internal/engine" -> {
                answer(response, callback, "application/json", report().toString());
                yield true;
            }
            case "/internal/metrics" -> {
                answer(response, callback, "text/plain; version=0.0.4; charset=utf-8", registry.scrape());
                yield true;
            }
            default -> false;
        };
    }

    private static void answer(Response response, Callback callback, String type, String text) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Content.Sink.write(response, true, text, callback);
    }

    private ObjectNode report() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        EngineHealth health = engine.health();
        health.stopped().forEach(json.putArray("stopped")::add);
        health.waiting().forEach(json.putArray("waiting")::add);
        json.put("refusing", health.refusing().orElse(null));
        partitions(json);
        json.put("folder", folder.toAbsolutePath().toString());
        json.put("log_bytes", new DiskUse(folder.resolve("log")).bytes());
        json.put("store_bytes", new DiskUse(folder.resolve("store")).bytes());
        json.put("free_bytes", folder.toFile().getUsableSpace());
        json.put("java", Runtime.version().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("heap_max_bytes", Runtime.getRuntime().maxMemory());
        json.put("settings", settings);
        return json;
    }

    /** Records that are applied but not stored yet, which would be applied again after a crash. */
    private void partitions(ObjectNode json) {
        List<PartitionReads> stored = engine.views().reads();
        List<CompletableFuture<Long>> applied = engine.appliedLsns();
        var all = json.putArray("partitions");
        for (int partition = 0; partition < stored.size(); partition++) {
            long lsn = applied.get(partition)
                    .exceptionally(_ -> NOT_KNOWN)
                    .completeOnTimeout(NOT_KNOWN, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            ObjectNode one = all.addObject().put("partition", partition);
            one.put("applied_lsn", lsn == NOT_KNOWN ? null : lsn);
            one.put("stored_lsn", stored.get(partition).storedLsn());
        }
    }
}
