package dev.reprise.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves until the process is ended. */
public final class Main {
    private static final Logger logger = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Takes its settings from the environment: RESTATE_BASE_DIR and RESTATE_INGRESS__BIND_ADDRESS. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        Path folder = Path.of(environment.getOrDefault("RESTATE_BASE_DIR", "restate-data"));
        String ingress = environment.getOrDefault("RESTATE_INGRESS__BIND_ADDRESS", "0.0.0.0:8080");
        RepriseServer server =
                RepriseServer.start(folder, Integer.parseInt(ingress.substring(ingress.lastIndexOf(':') + 1)));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            ended.countDown();
        }));
        logger.info("serving the ingress on {}", ingress);
        ended.await();
    }
}
