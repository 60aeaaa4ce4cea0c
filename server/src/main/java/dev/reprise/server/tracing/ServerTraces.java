package dev.reprise.server.tracing;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.protocol.LogKeys;
import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.ingress.IngressTraces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The traces of a server and their export. Any thread; nothing waits for the export. */
public final class ServerTraces implements AutoCloseable {
    private static final String HTTP_PREFIX = "otlp+";
    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);
    private static final long CLOSE_SECONDS = 5;

    private final SdkTracerProvider provider;
    private final PlannedIds ids = new PlannedIds();

    private ServerTraces(SpanExporter exporter, ServerConfig.Node node) {
        Resource resource = Resource.getDefault().toBuilder()
                .put("service.name", "Restate")
                .put("service.namespace", node.clusterName())
                .build();
        this.provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setIdGenerator(ids)
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(EXPORT_EVERY)
                        .build())
                .build();
    }

    /**
     * Traces that are exported to an endpoint: {@code http(s)://} means OTLP over gRPC, {@code otlp+http(s)://} over
     * HTTP.
     */
    public static ServerTraces to(String endpoint, Map<String, String> headers, ServerConfig.Node node) {
        SpanExporter exporter = endpoint.startsWith(HTTP_PREFIX)
                ? OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint.substring(HTTP_PREFIX.length()))
                        .setHeaders(() -> headers)
                        .build()
                : OtlpGrpcSpanExporter.builder()
                        .setEndpoint(endpoint)
                        .setHeaders(() -> headers)
                        .build();
        return new ServerTraces(exporter, node);
    }

    static final AttributeKey<String> INVOCATION_ID = AttributeKey.stringKey(LogKeys.INVOCATION_ID);
    static final AttributeKey<String> INVOCATION_TARGET = AttributeKey.stringKey(LogKeys.INVOCATION_TARGET);
    static final AttributeKey<String> RPC_SERVICE = AttributeKey.stringKey("rpc.service");
    static final AttributeKey<String> RPC_METHOD = AttributeKey.stringKey("rpc.method");

    /** Gives each attempt and each step of a transport a span. */
    public DeploymentTransport around(DeploymentTransport transport) {
        return new TracedTransport(transport, tracer());
    }

    /** Spans for the start and the end of each invocation. */
    public InvocationObserver invocations() {
        return new TracedInvocations(tracer(), ids);
    }

    /** A span for each request that invokes. */
    public IngressTraces ingress() {
        return new RequestTraces(tracer());
    }

    private Tracer tracer() {
        return provider.get("dev.reprise.server");
    }

    /** Exports what remains, and ends. */
    @Override
    public void close() {
        provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
