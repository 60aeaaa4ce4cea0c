package dev.reprise.engine.partition;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.id.InvocationId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The trace an invocation belongs to, as W3C's headers of its input say it. The span of an invocation's start is the
 * parent of all that it does; its id follows from the invocation's, so that nobody need store it.
 */
public final class TraceContext {
    private static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int SPAN_BEGIN = 36;
    private static final int SPAN_END = 52;

    private TraceContext() {}

    /** Those of the headers that are about the trace. */
    static List<Header> of(List<Header> headers) {
        return headers.stream().filter(TraceContext::isOfTrace).toList();
    }

    private static boolean isOfTrace(Header header) {
        return header.key().equals(TRACEPARENT) || header.key().equals(TRACESTATE);
    }

    /** The id of the span of an invocation's start; never 0. */
    public static long startSpanId(InvocationId id) {
        return Long.rotateLeft(id.uuidHigh(), 17) ^ id.uuidLow() | 1;
    }

    /**
     * The headers of a call. If they name no trace, it belongs to its caller's.
     *
     * @param ofCaller the caller's own headers, or those of them that are about the trace
     */
    public static List<Header> ofCall(List<Header> headers, InvocationId caller, List<Header> ofCaller) {
        if (ofCaller.isEmpty() || headers.stream().anyMatch(TraceContext::isOfTrace)) {
            return headers;
        }
        List<Header> all = new ArrayList<>(headers);
        for (Header header : of(ofCaller)) {
            all.add(header.key().equals(TRACEPARENT) ? new Header(TRACEPARENT, below(header.value(), caller)) : header);
        }
        return all;
    }

    private static String below(String traceparent, InvocationId caller) {
        return FORM.matcher(traceparent).matches()
                ? traceparent.substring(0, SPAN_BEGIN)
                        + HexFormat.of().toHexDigits(startSpanId(caller))
                        + traceparent.substring(SPAN_END)
                : traceparent;
    }
}
