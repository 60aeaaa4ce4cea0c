package dev.reprise.server.ingress;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observes requests that invoke. Any thread. */
public interface IngressTraces {
    /** A request has arrived. {@code target} is {@code service/handler} or {@code service/key/handler}. */
    Trace begin(String service, String target, List<Header> headers);

    /** One request. */
    interface Trace {
        /** The headers that the invocation gets in place of the request's. */
        List<Header> headers();

        /** The request has been answered; the invocation is null if there is none. */
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
