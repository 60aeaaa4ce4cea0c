package dev.reprise.interop.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.interop.harness.Browser;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A server with services for programs that drive the page. They may have it killed and started again. */
final class Stage implements AutoCloseable {
    private final Server server = Server.start(ServerKind.REPRISE);
    private final EndpointServer endpoint;
    private final HttpServer control;

    Stage() throws IOException {
        Shop shop = new Shop();
        Endpoint.Builder all = Endpoint.bind(shop.service()).bind(shop.object());
        Yard.services().forEach(all::bind);
        endpoint = all.listen(0);
        control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        on("/register", () -> server.register(URI.create("http://127.0.0.1:" + endpoint.port()), false));
        on("/kill", server::kill);
        on("/start", server::start);
        control.start();
    }

    private void on(String path, Runnable action) {
        control.createContext(path, exchange -> answer(exchange, action));
    }

    private static void answer(HttpExchange exchange, Runnable action) throws IOException {
        try (exchange) {
            action.run();
            exchange.sendResponseHeaders(204, -1);
        }
    }

    /** Runs a program, which must end well; answers what it printed. */
    String run(List<String> arguments, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("PAGE", server.admin() + "/ui/");
        all.put("INGRESS", server.ingress().toString());
        all.put("ENDPOINT", "http://127.0.0.1:" + endpoint.port());
        all.put("CONTROL", "http://127.0.0.1:" + control.getAddress().getPort());
        all.put("CHROMIUM", Browser.chromium().orElseThrow().toString());
        return Browser.node(arguments, all);
    }

    @Override
    public void close() {
        control.stop(0);
        endpoint.close();
        server.kill();
    }
}
