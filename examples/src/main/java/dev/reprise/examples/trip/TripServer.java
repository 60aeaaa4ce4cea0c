package dev.reprise.examples.trip;

import dev.reprise.embedded.Reprise;
import dev.reprise.server.AdminServer;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * The trip planner with an engine, an ingress and the web page in this process. Arguments: data folder, port, port of
 * the page; without the last there is no page.
 */
public final class TripServer {
    private TripServer() {}

    /** Serves until the process is ended. */
    @SuppressWarnings("SystemOut") // a program's output
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args.length > 0 ? args[0] : "trip-data");
        int port = args.length > 1 ? Integer.parseInt(args[1]) : IngressServer.DEFAULT_PORT;
        TaskLog log = new TaskLog(folder.resolve("tasks.log"));
        Reprise reprise = Reprise.embedded()
                .folder(folder)
                .bind(new TripPlanner(new Providers(log)))
                .start();
        IngressServer ingress = IngressServer.start(reprise.engine(), port, IngressServer.DEFAULT_BODY_BYTES_MAX);
        AdminServer admin = args.length > 2
                ? AdminServer.start(
                        reprise.engine(), Integer.parseInt(args[2]), URI.create("http://127.0.0.1:" + ingress.port()))
                : null;
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (admin != null) {
                admin.close();
            }
            ingress.close();
            reprise.close();
            ended.countDown();
        }));
        System.out.println("listening on " + ingress.port());
        if (admin != null) {
            System.out.println("the page is at http://localhost:" + admin.port() + "/ui/");
        }
        ended.await();
    }
}
