package dev.reprise.examples.guides.start;

import dev.reprise.sdk.client.Client;
import java.net.URI;

public class Ask {
    public static void main(String[] args) {
        Client client = Client.http(URI.create("http://localhost:8080")).connect();
        System.out.println(client.service(Greeter.class).call(Greeter::greet, "Ada"));
    }
}
