package dev.reprise.server.ingress;

import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.InvocationReference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's path, segment by segment. Used for one request by one thread.
 *
 * <p>A path of the form {@code /name/…} invokes a handler; one of the form {@code /restate/…} belongs to the ingress
 * itself. How many segments a service takes depends on whether it has keys, so the parser looks the service up, and the
 * request carries along what it found.
 */
final class IngressPath {
    private static final int SLASHES_MIN = 2;
    private static final int SLASHES_MAX = 7;

    private final Function<String, Optional<ServiceDescriptor>> services;
    private final Deque<String> segments;

    private IngressPath(String path, Function<String, Optional<ServiceDescriptor>> services) {
        this.services = services;
        this.segments = new ArrayDeque<>(Arrays.asList(path.substring(1).split("/", -1)));
    }

    /**
     * Reads a path.
     *
     * @param raw the path, still percent-encoded; slashes at its end and repeated ones at its beginning are ignored
     * @param services finds a service by its name; empty if it is unknown
     * @throws IngressException when the path names nothing that exists
     * @throws UnresolvedCallException when it names a service that does not exist
     */
    static IngressRequest parse(String raw, Function<String, Optional<ServiceDescriptor>> services) {
        String path = trimmed(raw);
        long slashes = path.chars().filter(c -> c == '/').count();
        if (slashes < SLASHES_MIN || slashes > SLASHES_MAX) {
            throw IngressException.badPath(path);
        }
        return new IngressPath(path, services).read();
    }

    private static String trimmed(String raw) {
        int begin = 0;
        int end = raw.length();
        while (begin < end && raw.charAt(begin) == '/') {
            begin++;
        }
        while (end > begin && raw.charAt(end - 1) == '/') {
            end--;
        }
        return '/' + raw.substring(begin, end);
    }

    private IngressRequest read() {
        String first = segments.removeFirst();
        return switch (first) {
            case "restate" -> restate(next(IngressException::notFound));
            case "openapi" -> throw IngressException.notFound();
            default -> service(first);
        };
    }

    private IngressRequest restate(String verb) {
        return switch (verb) {
            case "health" -> new IngressRequest.Health();
            case "awakeables", "a" -> awakeable();
            case "signals" -> signal();
            case "invocation" -> invocation();
            case "workflow" -> workflow();
            case "call", "send" -> invoke(verb, null);
            case "scope" -> {
                String scope = decoded(next(IngressException::badApiPath));
                yield invoke(next(IngressException::badApiPath), scope);
            }
            case "attach", "output" -> result(verb.equals("attach"));
            case "lookup" -> {
                expectEnd(IngressException::badApiPath);
                yield new IngressRequest.Lookup();
            }
            default -> throw IngressException.notFound();
        };
    }

    private IngressRequest service(String name) {
        ServiceDescriptor service = lookUp(name);
        String key = keyOf(service, IngressException::badServicePath);
        String handler = next(IngressException::badServicePath);
        boolean send = !segments.isEmpty();
        if (send && !segments.removeFirst().equals("send")) {
            throw IngressException.badServicePath();
        }
        expectEnd(IngressException::badServicePath);
        return new IngressRequest.Invoke(service, key, handler, send, null);
    }

    private IngressRequest invoke(String verb, @Nullable String scope) {
        if (!verb.equals("call") && !verb.equals("send")) {
            throw IngressException.badApiPath();
        }
        ServiceDescriptor service = lookUp(next(IngressException::badApiPath));
        String key = keyOf(service, IngressException::badApiPath);
        String handler = next(IngressException::badApiPath);
        expectEnd(IngressException::badApiPath);
        return new IngressRequest.Invoke(service, key, handler, verb.equals("send"), scope);
    }

    private IngressRequest awakeable() {
        String id = decoded(next(IngressException::badAwakeablePath));
        return switch (next(IngressException::badAwakeablePath)) {
            case "resolve" -> new IngressRequest.CompleteAwakeable(id, false);
            case "reject" -> new IngressRequest.CompleteAwakeable(id, true);
            default -> throw IngressException.notFound();
        };
    }

    /** Only here: the original accepts named signals only from handlers. */
    private IngressRequest signal() {
        String id = next(IngressException::badSignalPath);
        String name = decoded(next(IngressException::badSignalPath));
        String verb = next(IngressException::badSignalPath);
        expectEnd(IngressException::badSignalPath);
        return switch (verb) {
            case "resolve" -> new IngressRequest.Signal(id, name, false);
            case "reject" -> new IngressRequest.Signal(id, name, true);
            default -> throw IngressException.badSignalPath();
        };
    }

    private IngressRequest invocation() {
        String first = next(IngressException::badInvocationPath);
        String second = next(IngressException::badInvocationPath);
        if (segments.isEmpty()) {
            return resultOf(new InvocationReference.ById(first), second);
        }
        segments.addFirst(second);
        String key = keyOf(lookUp(first), IngressException::badInvocationPath);
        String handler = next(IngressException::badInvocationPath);
        String idempotencyKey = next(IngressException::badInvocationPath);
        String last = next(IngressException::badInvocationPath);
        return resultOf(
                new InvocationReference.ByIdempotencyKey(first, key, handler, decoded(idempotencyKey), null), last);
    }

    private IngressRequest workflow() {
        String name = next(IngressException::badWorkflowPath);
        String key = decoded(next(IngressException::badWorkflowPath));
        return resultOf(new InvocationReference.ByWorkflow(name, key, null), next(IngressException::badWorkflowPath));
    }

    private IngressRequest result(boolean wait) {
        if (segments.isEmpty()) {
            return new IngressRequest.ResultByBody(wait);
        }
        String id = segments.removeFirst();
        expectEnd(IngressException::badApiPath);
        return new IngressRequest.Result(new InvocationReference.ById(id), wait);
    }

    private static IngressRequest resultOf(InvocationReference reference, String verb) {
        return switch (verb) {
            case "attach" -> new IngressRequest.Result(reference, true);
            case "output" -> new IngressRequest.Result(reference, false);
            default -> throw IngressException.notFound();
        };
    }

    private ServiceDescriptor lookUp(String service) {
        return services.apply(service).orElseThrow(() -> UnresolvedCallException.serviceNotFound(service));
    }

    private @Nullable String keyOf(ServiceDescriptor service, Supplier<IngressException> missing) {
        return service.isKeyed() ? decoded(next(missing)) : null;
    }

    private String next(Supplier<IngressException> missing) {
        if (segments.isEmpty()) {
            throw missing.get();
        }
        return segments.removeFirst();
    }

    private void expectEnd(Supplier<IngressException> tooLong) {
        if (!segments.isEmpty()) {
            throw tooLong.get();
        }
    }

    /**
     * Percent-decoding as in RFC 3986 section 2.1; a plus sign stays one. A malformed escape is kept as it is; a result
     * that is not UTF-8 is refused.
     */
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            boolean escape = raw[i] == '%'
                    && i + 2 < raw.length
                    && HexFormat.isHexDigit(raw[i + 1])
                    && HexFormat.isHexDigit(raw[i + 2]);
            if (escape) {
                out.put((byte) (HexFormat.fromHexDigit(raw[i + 1]) << 4 | HexFormat.fromHexDigit(raw[i + 2])));
                i += 2;
            } else {
                out.put(raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException _) {
            throw new IngressException(400, "bad path, cannot decode key: '" + segment + "' is not UTF-8");
        }
    }
}
