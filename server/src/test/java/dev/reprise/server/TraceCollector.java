package dev.reprise.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes traces over OTLP, by HTTP or gRPC, in protobuf, on a port of its own. Field numbers are those of OTLP's
 * trace.proto.
 */
final class TraceCollector implements AutoCloseable {
    /**
     * A span; ids in hexadecimal digits, a parent's empty for none; attributes that are texts or truths; status 2 is an
     * error.
     */
    record Span(
            String name, String traceId, String spanId, String parentId, Map<String, String> attributes, long status) {}

    private static final String GRPC = "application/grpc";
    /** Before each message of gRPC: whether it is compressed, and its length. */
    private static final int GRPC_PREFIX = 5;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    TraceCollector() throws IOException {
        server = HttpServer.start("collector", new Address("127.0.0.1", 0), new Collecting(), Duration.ZERO);
    }

    String endpoint() {
        return "otlp+http://127.0.0.1:" + server.port() + "/v1/traces";
    }

    String grpcEndpoint() {
        return "http://127.0.0.1:" + server.port();
    }

    /** What each request said in its {@code authorization} header, so far. */
    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** All that came so far. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Those of an invocation that came so far. */
    List<Span> spansOf(String invocationId) {
        return spans.stream()
                .filter(span -> invocationId.equals(span.attributes().get("restate.invocation.id")))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Collecting extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            boolean isGrpc = GRPC.equals(request.getHeaders().get("content-type"));
            authorizations.add(String.valueOf(request.getHeaders().get("authorization")));
            try (InputStream body = Content.Source.asInputStream(request)) {
                body.skipNBytes(isGrpc ? GRPC_PREFIX : 0);
                for (UnknownFieldSet resource : messages(UnknownFieldSet.parseFrom(body), 1)) {
                    for (UnknownFieldSet scope : messages(resource, 2)) {
                        for (UnknownFieldSet span : messages(scope, 2)) {
                            spans.add(span(span));
                        }
                    }
                }
            }
            if (isGrpc) {
                response.getHeaders().put("content-type", GRPC);
                response.setTrailersSupplier(() -> HttpFields.build().put("grpc-status", 0));
                response.write(true, ByteBuffer.allocate(GRPC_PREFIX), callback);
            } else {
                response.getHeaders().put("content-type", "application/x-protobuf");
                callback.succeeded();
            }
            return true;
        }
    }

    private static Span span(UnknownFieldSet span) throws IOException {
        Map<String, String> attributes = new HashMap<>();
        for (UnknownFieldSet attribute : messages(span, 9)) {
            for (UnknownFieldSet value : messages(attribute, 2)) {
                boolean isTruth = value.hasField(2);
                attributes.put(text(attribute, 1), isTruth ? String.valueOf(varint(value, 2) != 0) : text(value, 1));
            }
        }
        long status = 0;
        for (UnknownFieldSet message : messages(span, 15)) {
            status = varint(message, 3);
        }
        return new Span(text(span, 5), hex(span, 1), hex(span, 2), hex(span, 4), attributes, status);
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) throws IOException {
        List<UnknownFieldSet> parsed = new ArrayList<>();
        for (ByteString bytes : message.getField(field).getLengthDelimitedList()) {
            parsed.add(UnknownFieldSet.parseFrom(bytes));
        }
        return parsed;
    }

    private static long varint(UnknownFieldSet message, int field) {
        return message.getField(field).getVarintList().stream().findFirst().orElse(0L);
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .findFirst()
                .orElse(ByteString.EMPTY);
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).toStringUtf8();
    }

    private static String hex(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(bytes(message, field).toByteArray());
    }
}
