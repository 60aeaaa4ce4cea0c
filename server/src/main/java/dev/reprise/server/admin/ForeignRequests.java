package dev.reprise.server.admin;

import dev.reprise.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes and queries that somebody else's web page makes a browser send. Most such pages are recognized by
 * their origin. The owner of a page can also let its domain resolve to this machine (DNS rebinding), so that the page
 * looks like ours; it is recognized by that domain, a name of the public DNS, under which this server is not reached.
 * Clients other than browsers are not hindered as long as they use an address, a name that the public DNS cannot
 * contain, or a configured one.
 */
public final class ForeignRequests extends Handler.Wrapper {
    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
    /** Endings of names that nobody can register. */
    private static final Set<String> PRIVATE_DOMAINS = Set.of("localhost", "local", "internal", "test", "invalid");

    private final Set<String> hosts;
    private final Set<String> origins;

    /** Wraps a handler, and lets through to it what the configuration allows. */
    public ForeignRequests(ServerConfig.Admin config, Handler handler) {
        super(handler);
        hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        hosts.addAll(config.allowedHosts());
        origins = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        origins.addAll(config.allowedOrigins());
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String refusal = HARMLESS.contains(request.getMethod()) ? null : refusal(request);
        if (refusal == null) {
            return super.handle(request, response, callback);
        }
        AdminAnswer.error(403, refusal, null).writeTo(request, response, callback);
        return true;
    }

    private @Nullable String refusal(Request request) {
        String host = String.valueOf(Request.getServerName(request));
        if (!isOurs(host)) {
            return "Expected to be called by an address or a name of this server, found '" + shown(host)
                    + "'. If it is one, add it to admin.allowed-hosts.";
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null) {
            return origins.contains(origin) || isSame(origin, request)
                    ? null
                    : "Expected no page of another origin to ask for this, found '" + shown(origin)
                            + "'. If it may, add it to admin.allowed-origins.";
        }
        String site = request.getHeaders().get("sec-fetch-site");
        return site == null || site.equals("same-origin") || site.equals("none")
                ? null
                : "Expected no page of another site to ask for this, found sec-fetch-site: " + shown(site) + ".";
    }

    private boolean isOurs(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        String last = bare.substring(bare.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return bare.equals(last)
                || PRIVATE_DOMAINS.contains(last)
                || isAddress(bare)
                || hosts.contains(bare)
                || isOwnName(bare);
    }

    /** Checked last, since this may take a moment. */
    private static boolean isOwnName(String name) {
        try {
            return InetAddress.getLocalHost().getHostName().equalsIgnoreCase(name);
        } catch (UnknownHostException _) {
            return false; // it has none
        }
    }

    private static boolean isAddress(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isSame(String origin, Request request) {
        try {
            URI uri = URI.create(origin);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            return uri.getHost() != null
                    && uri.getHost().equalsIgnoreCase(Request.getServerName(request))
                    && port == Request.getServerPort(request);
        } catch (IllegalArgumentException _) {
            return false; // such as "null", which a browser sends for a page that must not reveal its origin
        }
    }

    private static String shown(String text) {
        String safe = text.replaceAll("[^ -~]|[<>&\"']", "?");
        return safe.length() <= 100 ? safe : safe.substring(0, 100) + "...";
    }
}
