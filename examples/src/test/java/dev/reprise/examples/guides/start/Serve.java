package dev.reprise.examples.guides.start;

import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;

public class Serve {
    public static void main(String[] args) throws Exception {
        try (EndpointServer server = Endpoint.bind(new Greeter()).listen(9080)) {
            System.out.println("listening on port " + server.port());
            server.join();
        }
    }
}
