package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Features of the original that this server does not have yet: Kafka ingestion and concurrency limits. Their lists are
 * empty, and requests to add to them are refused, so that nobody believes that they work.
 */
final class UnsupportedResources {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NO_KAFKA =
            "Ingestion from Kafka is not supported yet: nothing was created. Produce to the ingress over HTTP instead.";
    private static final String NO_LIMITS =
            "Concurrency limits are not supported yet: the rules were not stored. Scopes and limit keys are accepted.";

    private UnsupportedResources() {}

    static void addTo(Routes routes) {
        addSubscriptions(routes);
        addClusters(routes);
        addRules(routes);
    }

    private static void addSubscriptions(Routes routes) {
        routes.add("POST", "/subscriptions", "create_subscription", _ -> {
            throw new AdminException(501, NO_KAFKA);
        });
        routes.add("GET", "/subscriptions", "list_subscriptions", _ -> none("subscriptions"));
        routes.add("GET", "/subscriptions/{subscription}", "get_subscription", request -> {
            throw AdminException.missing("subscription", subscription(request));
        });
        routes.add("DELETE", "/subscriptions/{subscription}", "delete_subscription", request -> {
            throw AdminException.notRegistered("subscription with id '" + subscription(request) + "'");
        });
    }

    private static String subscription(AdminRequest request) {
        String id = request.parameter("subscription");
        if (!id.matches("sub_1[0-9A-Za-z]{22}")) {
            throw AdminException.invalidPath("subscription", id);
        }
        return id;
    }

    private static void addClusters(Routes routes) {
        String one = "/kafka-clusters/{cluster_name}";
        routes.add("POST", "/kafka-clusters", "create_kafka_cluster", _ -> {
            throw new AdminException(501, NO_KAFKA);
        });
        routes.add("GET", "/kafka-clusters", "list_kafka_clusters", _ -> none("clusters"));
        routes.add("GET", one, "get_kafka_cluster", request -> {
            throw AdminException.missing("Kafka cluster", request.parameter("cluster_name"));
        });
        routes.add("DELETE", one, "delete_kafka_cluster", request -> {
            throw AdminException.notRegistered("kafka cluster named '" + request.parameter("cluster_name") + "'");
        });
        routes.add("PATCH", one, "update_kafka_cluster", request -> {
            throw AdminException.notRegistered("kafka cluster '" + request.parameter("cluster_name") + "'");
        });
    }

    private static void addRules(Routes routes) {
        routes.add("PUT", "/limits/rules", "upsert_rules", request -> {
            if (!rules(request).isEmpty()) {
                throw new AdminException(501, NO_LIMITS);
            }
            return AdminAnswer.json(200, JSON.arrayNode());
        });
        routes.add("POST", "/limits/rules/bulk-delete", "bulk_delete_rules", request -> {
            JsonNode asked = rules(request);
            return AdminAnswer.json(200, JSON.arrayNode(asked.size()));
        });
    }

    private static JsonNode rules(AdminRequest request) {
        JsonNode rules = request.body(JsonNode.class);
        if (!rules.isArray()) {
            throw AdminRequest.unfitting("expected an array of rules");
        }
        return rules;
    }

    private static AdminAnswer none(String what) {
        return AdminAnswer.json(200, JSON.objectNode().set(what, JSON.arrayNode()));
    }
}
