package dev.reprise.server.admin;

import dev.reprise.protocol.discovery.HandlerManifest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A handler's input and output, with the defaults for what its manifest leaves out. */
final class PayloadRules {
    private static final HandlerManifest.Input ANY_INPUT = new HandlerManifest.Input(false, "*/*", null);
    private static final HandlerManifest.Output JSON_OUTPUT =
            new HandlerManifest.Output("application/json", false, null);

    private final HandlerManifest.Input input;
    private final HandlerManifest.Output output;

    PayloadRules(HandlerManifest handler) {
        this.input = handler.input() == null ? ANY_INPUT : handler.input();
        this.output = handler.output() == null ? JSON_OUTPUT : handler.output();
    }

    boolean isInputRequired() {
        return Boolean.TRUE.equals(input.required());
    }

    /** The content type that the input must match; null if there is no input. */
    @Nullable
    String inputType() {
        return input.contentType();
    }

    /** The output's content type; null if there is no output. */
    @Nullable
    String outputType() {
        return output.contentType();
    }

    @Nullable
    Object inputSchema() {
        return input.contentType() == null ? null : input.jsonSchema();
    }

    @Nullable
    Object outputSchema() {
        return output.contentType() == null ? null : output.jsonSchema();
    }

    /** The input, described in a few words. */
    String inputDescription() {
        String type = input.contentType();
        return type == null ? "none" : describe(type, input.jsonSchema());
    }

    /** The output, described in a few words. */
    String outputDescription() {
        String type = output.contentType();
        if (type == null) {
            return "none";
        }
        boolean isOptional = Boolean.TRUE.equals(output.setContentTypeIfEmpty());
        return describe(isOptional ? "optional " + type : type, output.jsonSchema());
    }

    private static String describe(String otherwise, @Nullable Object schema) {
        if (schema instanceof Map<?, ?> fields) {
            if (fields.get("title") instanceof String title) {
                return "JSON '" + title + "'";
            } else if (fields.get("type") instanceof String type) {
                return "JSON " + type;
            }
        }
        return otherwise;
    }
}
