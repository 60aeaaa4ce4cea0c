package dev.reprise.server.jvm;

import dev.reprise.server.config.Address;
import dev.reprise.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients and a deployment that put a server under load, in its own process. */
public final class Training {
    private static final int CLIENTS = 16;
    private static final String QUERY =
            "{\"query\":\"SELECT id, status FROM sys_invocation WHERE target LIKE 'T%' ORDER BY created_at LIMIT 10\"}";
    private static final List<String> PATHS = List.of(
            "/" + TrainingDeployment.SERVICE + "/plain",
            "/" + TrainingDeployment.SERVICE + "/step",
            "/" + TrainingDeployment.OBJECT + "/key/add",
            "/" + TrainingDeployment.SERVICE + "/plain/send",
            "/" + TrainingDeployment.SERVICE + "/call");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI ingress;

    private Training(URI ingress) {
        this.ingress = ingress;
    }

    /**
     * Registers a deployment and has its handlers called for a while, each at least once.
     *
     * @throws IOException when an answer is not what it should be
     */
    public static void run(URI ingress, URI admin, Duration time) throws IOException, InterruptedException {
        try (HttpServer deployment =
                HttpServer.start("training", new Address("127.0.0.1", 0), new TrainingDeployment(), Duration.ZERO)) {
            Training training = new Training(ingress);
            String uri = "http://127.0.0.1:" + deployment.port();
            training.post(admin.resolve("/deployments"), "{\"uri\":\"" + uri + "\"}");
            training.post(admin.resolve("/query"), QUERY);
            training.load(System.nanoTime() + time.toNanos());
        }
    }

    private void load(long endNanos) throws IOException, InterruptedException {
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int n = 0; n < PATHS.size() || System.nanoTime() < endNanos; n++) {
                        post(ingress.resolve(PATHS.get(n % PATHS.size())), "1");
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the training's load failed", e.getCause());
        }
    }

    private void post(URI uri, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(uri + " was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
