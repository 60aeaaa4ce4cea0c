package dev.reprise.endpoint;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.PriorityFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.EndPoint;

/**
 * How many frames of HTTP/2 that carry nothing a connection may send within a second before it is closed as an attack.
 * Frames about the connection, as pings, have no reason to be many. Frames about requests, as resets, come with each
 * request of a proxy whose clients give up together or of an engine at full speed; Jetty's own limit of 128 for all is
 * soon met by those. Used by one thread.
 *
 * <p>In Jetty 12.1.14 the type of such a limit moved to another package. The endpoint has to run with those before and
 * after (see {@code docs/adr/0023}), so no class here is of that type, and Jetty is given proxies of the one it has.
 *
 * <p>The server has one of its own, for the one release of Jetty that it ships and with its memory pools. What both
 * could share would be one more library on users' class paths.
 */
final class FloodLimit {
    static final int OF_CONNECTION_MAX = 1_000;
    static final int OF_REQUESTS_MAX = 10_000;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long windowNanos = System.nanoTime();
    private int ofConnection;
    private int ofRequests;

    private FloodLimit() {}

    /** Gives each connection a limit of its own. */
    static void set(AbstractHTTP2ServerConnectionFactory http2) {
        Method setter = Stream.of(AbstractHTTP2ServerConnectionFactory.class.getMethods())
                .filter(method -> method.getName().equals("setRateControlFactory"))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("Expected Jetty 12.0 or 12.1, found another. Take one of these."));
        Class<?> factory = setter.getParameterTypes()[0];
        try {
            Class<?> limit = factory.getMethod("newRateControl", EndPoint.class).getReturnType();
            setter.invoke(http2, proxy(factory, "newRateControl", endPoint -> newLimit(limit)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Jetty does not take a limit for frames: " + e, e);
        }
    }

    private static Object newLimit(Class<?> type) {
        FloodLimit limit = new FloodLimit();
        return proxy(type, "onEvent", limit::allows);
    }

    /** An object of an interface with one method of one argument; what every object has, the function does. */
    private static Object proxy(Class<?> type, String method, Function<Object, Object> function) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> called.getName().equals(method)
                        ? function.apply(arguments[0])
                        : called.invoke(function, arguments));
    }

    private boolean allows(Object frame) {
        long now = System.nanoTime();
        if (now - windowNanos > WINDOW_NANOS) {
            windowNanos = now;
            ofConnection = 0;
            ofRequests = 0;
        }
        return frame instanceof PingFrame || frame instanceof SettingsFrame || frame instanceof PriorityFrame
                ? ++ofConnection <= OF_CONNECTION_MAX
                : ++ofRequests <= OF_REQUESTS_MAX;
    }
}
