package dev.reprise.server.admin;

import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets through only what changes nothing: reads, and SQL, which cannot write. */
public final class ReadOnly extends Handler.Wrapper {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Wraps a handler, and lets reads through to it. */
    public ReadOnly(Handler handler) {
        super(handler);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (READING.contains(request.getMethod()) || path.equals("/query")) {
            return super.handle(request, response, callback);
        }
        AdminAnswer.error(
                        403, "Expected only to be asked, found a change: this admin API was started to be read.", null)
                .writeTo(request, response, callback);
        return true;
    }
}
