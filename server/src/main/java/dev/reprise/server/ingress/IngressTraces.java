package dev.reprise.server.ingress;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Told of requests that invoke. Any thread. */
public interface IngressTraces {
    /** A request has come. {@code target} is {@code service/handler} or {@code service/key/handler}. */
    Trace begin(String service, String target, List<Header> headers);

    /** One request. */
    interface Trace {
        /** What the invocation gets in place of the request's headers. */
        List<Header> headers();

        /** It is answered; the invocation is null when none came about. */
        void end(@Nullable InvocationId id, int status);
    }

    /** Traces nothing. */
    IngressTraces NONE = (_, _, headers) -> new Trace() {
        @Override
        public List<Header> headers() {
            return headers;
        }

        @Override
        public void end(@Nullable InvocationId id, int status) {}
    };
}
