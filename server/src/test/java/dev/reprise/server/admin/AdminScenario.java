package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests and what the original answered them with, played against a server.
 *
 * <p>{@code serve /a name} lets the deployment at {@code {deployments}/a} answer with a manifest. {@code > METHOD path
 * body} is a request to the admin API ({@code >>} to the ingress, {@code >-} without a content type). The lines after
 * it that begin with {@code <} are status, headers and body of its answer, which must also match the OpenAPI document.
 * After {@code ?} only the status counts. {@code await id status} waits. Ids are named in the order in which they turn
 * up, arrays of named things are sorted, times are hidden.
 */
final class AdminScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEPLOYMENTS = "http://deployments.test:9080";
    private static final Pattern REQUEST = Pattern.compile("(\\??)(>>?)(-?) (\\S+) (\\S+) ?(.*)");
    private static final Pattern ID =
            Pattern.compile("\\b(dp_[0-9A-Za-z]{23,24}|inv_[0-9A-Za-z]{34,36}|sub_[0-9A-Za-z]{23,24})\\b");
    private static final Pattern TIME = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");

    private final AdminWorld world;
    private final Map<String, String> nameOfId = new LinkedHashMap<>();
    private @Nullable AnswerSchemas schemas;

    AdminScenario(AdminWorld world) {
        this.world = world;
    }

    void play(List<String> lines) throws IOException, InterruptedException {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher request = REQUEST.matcher(line);
            if (line.startsWith("serve ")) {
                String[] words = line.split(" ", -1);
                world.serve(DEPLOYMENTS + words[1], words[2]);
            } else if (line.equals("serve-services")) {
                world.serveServices(DEPLOYMENTS + "/");
                world.send(world.admin(), "POST", "/deployments", "{\"uri\":\"" + DEPLOYMENTS + "\"}", true);
            } else if (line.startsWith("await ")) {
                String[] words = line.split(" ", -1);
                world.await(real(words[1]), words[2]);
            } else if (request.matches()) {
                List<String> expected = new ArrayList<>();
                while (i + 1 < lines.size() && lines.get(i + 1).startsWith("< ")) {
                    expected.add(lines.get(++i).substring(2));
                }
                play(line, request, expected);
            } else {
                assertThat(line).matches("(#.*)?");
            }
        }
    }

    private void play(String line, Matcher request, List<String> expected) throws IOException, InterruptedException {
        boolean isAdmin = request.group(2).equals(">");
        HttpResponse<String> answer = world.send(
                isAdmin ? world.admin() : world.ingress(),
                request.group(4),
                real(request.group(5)),
                real(request.group(6)),
                request.group(3).isEmpty());
        if (isAdmin) {
            checkSchema(request, answer);
        }
        if (!request.group(1).isEmpty()) {
            assertThat(answer.statusCode() + " ")
                    .as("%s%n%s", line, answer.body())
                    .isEqualTo(status(expected));
        } else {
            assertThat(String.join("\n", render(answer))).as(line).isEqualTo(String.join("\n", reread(expected)));
        }
    }

    private void checkSchema(Matcher request, HttpResponse<String> answer) throws IOException, InterruptedException {
        if (schemas == null) {
            String document =
                    world.send(world.admin(), "GET", "/openapi", "", true).body();
            schemas = new AnswerSchemas(JSON.readTree(document));
        }
        boolean isJson = answer.headers().firstValue("content-type").orElse("").equals("application/json");
        schemas.check(
                request.group(4),
                request.group(5),
                answer.statusCode(),
                answer.body(),
                isJson ? JSON.readTree(answer.body()) : JSON.missingNode());
    }

    private static String status(List<String> expected) {
        return expected.getFirst().substring(0, 3) + " ";
    }

    private List<String> render(HttpResponse<String> answer) throws IOException {
        List<String> lines = new ArrayList<>();
        String type = answer.headers().firstValue("content-type").orElse("");
        lines.add((answer.statusCode() + " " + type).strip());
        for (String header : List.of("location", "allow")) {
            answer.headers().firstValue(header).ifPresent(value -> lines.add(header + ": " + hide(value)));
        }
        if (!answer.body().isEmpty()) {
            lines.add(hide(type.equals("application/json") ? normal(answer.body()) : answer.body()));
        }
        return lines;
    }

    /** What was recorded, written as {@link #render} writes. */
    private static List<String> reread(List<String> expected) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : expected) {
            boolean isJson = line.startsWith("{") || line.startsWith("[") || line.startsWith("\"");
            lines.add(isJson ? normal(line) : line);
        }
        return lines;
    }

    private static String normal(String json) throws IOException {
        return normal(JSON.readTree(json)).toString();
    }

    private static JsonNode normal(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = JsonNodeFactory.instance.objectNode();
            TreeSet<String> names = new TreeSet<>();
            object.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> sorted.set(name, normal(object.get(name))));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> all = new ArrayList<>();
            array.forEach(one -> all.add(normal(one)));
            all.sort(Comparator.comparing(one -> one.path("name").asText("")));
            return JsonNodeFactory.instance.arrayNode().addAll(all);
        }
        return node;
    }

    private String hide(String text) {
        String named = ID.matcher(text).replaceAll(match -> nameOf(match.group()));
        return TIME.matcher(named.replace(DEPLOYMENTS, "{deployments}")).replaceAll("{time}");
    }

    private String nameOf(String id) {
        String kind = id.substring(0, id.indexOf('_'));
        return nameOfId.computeIfAbsent(id, _ -> {
            long before = nameOfId.values().stream()
                    .filter(name -> name.startsWith("{" + kind))
                    .count();
            return "{" + kind + "-" + (before + 1) + "}";
        });
    }

    private String real(String text) {
        String real = text.replace("{deployments}", DEPLOYMENTS);
        for (Map.Entry<String, String> known : nameOfId.entrySet()) {
            real = real.replace(known.getValue(), known.getKey());
        }
        return real;
    }
}
