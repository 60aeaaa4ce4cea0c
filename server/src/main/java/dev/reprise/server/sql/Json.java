package dev.reprise.server.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.util.List;

/**
 * The parts that the JSON texts of Restate's tables are made of. A variant is an object whose only field is the
 * variant's name, or that name alone if there is nothing in it; bytes are an array of numbers.
 */
final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ObjectNode variant(String name, JsonNode content) {
        return object().set(name, content);
    }

    static ArrayNode bytes(Bytes bytes) {
        ArrayNode numbers = NODES.arrayNode(bytes.size());
        for (byte b : bytes.array()) {
            numbers.add(b & 0xFF);
        }
        return numbers;
    }

    static ArrayNode texts(List<Bytes> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(text -> array.add(text.utf8()));
        return array;
    }

    static ArrayNode headers(List<Header> headers) {
        ArrayNode array = NODES.arrayNode();
        headers.forEach(header -> array.addObject().put("name", header.key()).put("value", header.value()));
        return array;
    }

    static ObjectNode failure(Failure failure) {
        ObjectNode node = object().put("code", failure.code()).put("message", failure.message());
        if (!failure.metadata().isEmpty()) {
            ArrayNode metadata = node.putArray("metadata");
            failure.metadata()
                    .forEach(entry ->
                            metadata.addObject().put("key", entry.key()).put("value", entry.value()));
        }
        return node;
    }

    static JsonNode result(Result result) {
        return switch (result) {
            case Result.Empty() -> NODES.textNode("Void");
            case Result.Value(Bytes content) -> variant("Success", bytes(content));
            case Result.Failed(Failure failure) -> variant("Failure", failure(failure));
            case Result.InvocationIdValue(String id) -> NODES.textNode(id);
            case Result.StateKeys(List<Bytes> keys) -> texts(keys);
        };
    }

    /** Which kind of result it is. */
    static String kind(Result result) {
        return switch (result) {
            case Result.Empty() -> "Void";
            case Result.Value _ -> "Success";
            case Result.Failed _ -> "Failure";
            case Result.InvocationIdValue _ -> "InvocationId";
            case Result.StateKeys _ -> "StateKeys";
        };
    }

    /** {@code {"CompletionId":1}}, {@code {"SignalIndex":17}} or {@code {"SignalName":"go"}}. */
    static ObjectNode notificationId(NotificationId id) {
        return switch (id) {
            case NotificationId.CompletionId(int number) -> object().put("CompletionId", number);
            case NotificationId.SignalIndex(int index) -> object().put("SignalIndex", index);
            case NotificationId.SignalName(String name) -> object().put("SignalName", name);
        };
    }

    /** {@code {"Index":17}} or {@code {"Name":"go"}}. */
    static ObjectNode signalId(NotificationId id) {
        return switch (id) {
            case NotificationId.CompletionId(int number) -> object().put("Index", number);
            case NotificationId.SignalIndex(int index) -> object().put("Index", index);
            case NotificationId.SignalName(String name) -> object().put("Name", name);
        };
    }
}
