package dev.reprise.examples.guides.start;

import dev.reprise.embedded.Reprise;
import java.nio.file.Path;

public class Embedded {
    public static void main(String[] args) {
        try (Reprise reprise = Reprise.embedded()
                .folder(Path.of("greetings"))
                .bind(new Greeter())
                .start()) {
            System.out.println(reprise.client().service(Greeter.class).call(Greeter::greet, "Ada"));
        }
    }
}
