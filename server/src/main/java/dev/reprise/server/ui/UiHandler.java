package dev.reprise.server.ui;

import dev.reprise.server.http.AnswerBody;
import dev.reprise.server.http.Gzip;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Serves the web page at {@code /ui/}, and passes everything else on to the admin API. {@code /} and {@code /ui}
 * redirect to it. Every path below {@code /ui/} that is not a file is the page, which decides by the path what to show.
 *
 * <p>Every link is relative: the page says at its top how far up its folder is, so it works behind a proxy that serves
 * it under another path. The browser may load only what this server sends, and no script or style inside the page.
 */
public final class UiHandler extends Handler.Wrapper {
    private static final String ROOT = "/ui/";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " base-uri 'self'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'";

    private final UiFiles files;
    private final @Nullable EventStream events;
    private final String policy;

    private UiHandler(UiFiles files, @Nullable Changes changes, @Nullable URI ingress, Handler admin) {
        super(admin);
        this.files = files;
        this.policy = ingress == null ? POLICY : POLICY + " " + ingress.getScheme() + "://" + ingress.getRawAuthority();
        this.events = changes == null ? null : new EventStream(changes, files.version());
    }

    /**
     * The admin API with the page beside it.
     *
     * @param changes informs the page of changes; null if it has to poll
     * @param ingress where the page may send calls to, besides the admin API; null for nowhere
     * @return the admin API alone if the page is not on the class path
     */
    public static Handler around(Handler admin, @Nullable Changes changes, @Nullable URI ingress) {
        Optional<UiFiles> files = UiFiles.load(UiHandler.class.getClassLoader());
        return files.isPresent() ? around(admin, changes, ingress, files.get()) : admin;
    }

    static UiHandler around(Handler admin, @Nullable Changes changes, @Nullable URI ingress, UiFiles files) {
        return new UiHandler(files, changes, ingress, admin);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        boolean isRead =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!isRead) {
            return super.handle(request, response, callback);
        } else if (path.equals("/") || path.equals("/ui")) {
            redirect(request, response, callback);
        } else if (path.equals(EventStream.PATH)) {
            events(request, response, callback);
        } else if (path.startsWith(ROOT)) {
            answer(path.substring(ROOT.length()), request, response, callback);
        } else {
            return super.handle(request, response, callback);
        }
        return true;
    }

    /** Both are at the top, so the relative link is the same; behind a proxy the top is elsewhere. */
    private static void redirect(Request request, Response response, Callback callback) {
        String query = request.getHttpURI().getQuery();
        response.setStatus(308);
        response.getHeaders().put(HttpHeader.LOCATION, query == null ? "ui/" : "ui/?" + query);
        callback.succeeded();
    }

    private void events(Request request, Response response, Callback callback) {
        if (events == null) {
            response.setStatus(204); // the only answer after which a browser does not ask again
            callback.succeeded();
        } else {
            events.answer(request, response, callback);
        }
    }

    private void answer(String path, Request request, Response response, Callback callback) {
        UiFiles.File asset = files.assets().get(path);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("x-content-type-options", "nosniff");
        if (asset != null) {
            headers.put(HttpHeader.CACHE_CONTROL, FOR_EVER);
            write(asset, request, response, callback);
        } else if (path.startsWith("assets/")) {
            // An older or newer version of the page asks for it, and must not take this page for a script.
            response.setStatus(404);
            headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
            callback.succeeded();
        } else {
            headers.put("content-security-policy", policy);
            headers.put("referrer-policy", "same-origin");
            page(path, request, response, callback);
        }
    }

    private void page(String path, Request request, Response response, Callback callback) {
        int depth = (int) path.chars().filter(c -> c == '/').count();
        String etag = "\"" + files.version() + "-" + depth + "\"";
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-cache");
        headers.put(HttpHeader.ETAG, etag);
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known != null && known.contains(etag)) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        String base = depth == 0 ? "./" : "../".repeat(depth);
        byte[] page = files.page().replace(UiFiles.BASE_MARK, base).getBytes(StandardCharsets.UTF_8);
        write(new UiFiles.File("text/html; charset=utf-8", page, Gzip.of(page)), request, response, callback);
    }

    private static void write(UiFiles.File file, Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, file.type());
        headers.put(HttpHeader.VARY, "accept-encoding");
        byte[] body = file.content();
        byte @Nullable [] gzip = file.gzip();
        if (gzip != null && Gzip.isTakenBy(request)) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
            body = gzip;
        }
        AnswerBody.write(request, response, callback, body);
    }
}
