package dev.reprise.examples.trip;

import dev.reprise.embedded.Reprise;
import dev.reprise.server.ingress.IngressServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The trip planner with an engine and an ingress in this process. Arguments: data folder, port. */
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
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ingress.close();
            reprise.close();
            ended.countDown();
        }));
        System.out.println("listening on " + ingress.port());
        ended.await();
    }
}
