package dev.reprise.examples.guides;

import dev.reprise.embedded.Reprise;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.examples.guides.start.Greeter;
import dev.reprise.sdk.client.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The programs that {@code docs/moving.md} shows. */
final class Moving {
    private Moving() {}

    static Reprise embedded(Path folder) {
        return Reprise.embedded().folder(folder).bind(new Greeter()).start();
    }

    static EndpointServer serve(int port) throws IOException {
        return Endpoint.bind(new Greeter()).listen(port);
    }

    static void serveAndRegister(URI admin, URI self, int port) throws IOException, InterruptedException {
        try (EndpointServer server = Endpoint.bind(new Greeter()).listen(port)) {
            server.register(admin, self);
            server.join();
        }
    }

    static Client client(@Nullable Reprise embedded, URI ingress) {
        return embedded == null
                ? Client.http(ingress).timeout(Duration.ofMinutes(5)).connect()
                : embedded.client();
    }

    static String use(Client client) {
        return client.service(Greeter.class).call(Greeter::greet, "Ada").text();
    }
}
