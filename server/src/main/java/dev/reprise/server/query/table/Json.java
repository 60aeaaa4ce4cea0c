package dev.reprise.server.query.table;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * The building blocks of the JSON texts in Restate's tables. A variant is an object whose only field is the variant's
 * name, or just that name if it has no content; bytes are an array of numbers.
 */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final long LARGE = 1 << 20;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ObjectNode variant(String name, JsonNode content) {
        return object().set(name, content);
    }

    /** Bytes as an array of numbers, which are written without a node for each. */
    static JsonNode bytes(Bytes bytes) {
        return NODES.pojoNode(new Numbers(bytes));
    }

    /** The length of the text that {@link #bytes} produces. */
    static long lengthOf(Bytes bytes) {
        long length = 2L + Math.max(0, bytes.size() - 1);
        for (byte b : bytes.array()) {
            int number = b & 0xFF;
            length += number < 10 ? 1 : number < 100 ? 2 : 3;
        }
        return length;
    }

    /**
     * A text of JSON.
     *
     * @param length its approximate length
     */
    static String text(JsonNode node, long length) {
        StringBuilder text = new StringBuilder((int) Math.min(length, Integer.MAX_VALUE - Long.BYTES));
        try (JsonGenerator json = MAPPER.createGenerator(new Appending(text))) {
            if (length > LARGE) {
                // A single letter of two bytes would double the whole text.
                json.enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
            }
            MAPPER.writeTree(json, node);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return text.toString();
    }

    /** Writes to a text. */
    private static final class Appending extends Writer {
        private final StringBuilder text;

        private Appending(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void write(char[] buffer, int from, int count) {
            text.append(buffer, from, count);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Writes bytes as numbers, piece by piece. */
    private record Numbers(Bytes bytes) implements JsonSerializable {
        private static final int PIECE = 4_096;

        @Override
        public void serialize(JsonGenerator json, SerializerProvider context) throws IOException {
            StringBuilder piece = new StringBuilder(PIECE + 8);
            json.writeStartArray();
            String between = "";
            for (byte b : bytes.array()) {
                piece.append(between).append(b & 0xFF);
                between = ",";
                if (piece.length() >= PIECE) {
                    json.writeRaw(piece.toString());
                    piece.setLength(0);
                }
            }
            json.writeRaw(piece.toString());
            json.writeEndArray();
        }

        @Override
        public void serializeWithType(JsonGenerator json, SerializerProvider context, TypeSerializer types)
                throws IOException {
            serialize(json, context);
        }
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

    /** The kind of a result. */
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
