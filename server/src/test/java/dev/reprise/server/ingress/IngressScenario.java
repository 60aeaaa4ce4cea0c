package dev.reprise.server.ingress;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests to an ingress, and its answers.
 *
 * <p>The lines with {@code >} are a request: method and path, headers, body. The lines with {@code <} after it are its
 * answer: status, those headers that are part of the API, body. Ids are named in the order in which they turn up, times
 * are hidden. With {@code transfer-encoding: chunked} the length of the body is not announced, over HTTP/2 too.
 */
final class IngressScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern HEADER = Pattern.compile("([a-z-]+): ?(.*)");
    private static final Pattern ID = Pattern.compile("\\binv_[0-9A-Za-z]{34,36}\\b");
    private static final Pattern TIME = Pattern.compile("\\b2\\d{3}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final List<String> COMPARED = List.of(
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "content-type",
            "x-restate-error-source",
            "x-restate-id");

    private final URI ingress;
    private final HttpClient client;
    private final Map<String, String> nameOfId = new LinkedHashMap<>();
    private final Set<HttpClient.Version> versions = EnumSet.noneOf(HttpClient.Version.class);

    IngressScenario(URI ingress, HttpClient client) {
        this.ingress = ingress;
        this.client = client;
    }

    /** Sends the requests among the lines; gives the lines with the answers in the places of those that were there. */
    List<String> play(List<String> lines) throws IOException, InterruptedException {
        List<String> played = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("> ")) {
                List<String> request = new ArrayList<>();
                for (; i < lines.size() && lines.get(i).startsWith("> "); i++) {
                    request.add(lines.get(i).substring(2));
                    played.add(lines.get(i));
                }
                i--;
                played.addAll(answer(request));
            } else if (!line.startsWith("< ")) {
                played.add(line);
            }
        }
        return played;
    }

    /** The HTTP versions of the answers. */
    Set<HttpClient.Version> versions() {
        return versions;
    }

    private List<String> answer(List<String> request) throws IOException, InterruptedException {
        String[] line = real(request.getFirst()).split(" ", 2);
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(ingress + line[1])).timeout(PATIENCE);
        String body = "";
        boolean lengthIsSaid = true;
        for (String part : request.subList(1, request.size())) {
            Matcher header = HEADER.matcher(part);
            if (part.equals("transfer-encoding: chunked")) {
                lengthIsSaid = false;
            } else if (header.matches()) {
                builder.header(header.group(1), header.group(2));
            } else {
                body = real(part);
            }
        }
        builder.method(line[0], publisher(body, lengthIsSaid));
        return render(client.send(builder.build(), BodyHandlers.ofString()));
    }

    private static BodyPublisher publisher(String body, boolean lengthIsSaid) {
        if (body.isEmpty()) {
            return BodyPublishers.noBody();
        }
        BodyPublisher whole = BodyPublishers.ofString(body);
        return lengthIsSaid ? whole : BodyPublishers.fromPublisher(whole);
    }

    private List<String> render(HttpResponse<String> answer) {
        List<String> lines = new ArrayList<>();
        versions.add(answer.version());
        lines.add("< " + answer.statusCode());
        for (String header : COMPARED) {
            answer.headers().firstValue(header).ifPresent(value -> lines.add("< " + header + ": " + hide(value)));
        }
        if (!answer.body().isEmpty()) {
            lines.add("< " + hide(answer.body()));
        }
        return lines;
    }

    private String hide(String text) {
        String named = ID.matcher(text)
                .replaceAll(
                        match -> nameOfId.computeIfAbsent(match.group(), _ -> "{inv-" + (nameOfId.size() + 1) + "}"));
        return TIME.matcher(named).replaceAll("{time}");
    }

    private String real(String text) {
        String real = text;
        for (Map.Entry<String, String> known : nameOfId.entrySet()) {
            real = real.replace(known.getValue(), known.getKey());
        }
        return real;
    }
}
