package dev.reprise.server.query.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Journal entries as the texts of Restate's {@code sys_journal}, which its CLI and its UI read. */
public final class EntryJson {
    private static final String COMPLETION = "_COMPLETION";
    private static final long LITE_LENGTH = 512;

    private EntryJson() {}

    /** {@code Command: Run}, {@code Notification: Run}. */
    static String entryType(int code) {
        return MessageType.ofCode(code)
                .map(type -> (type.isNotification() ? "Notification: " : "Command: ") + typeName(type))
                .orElseGet(() -> "Custom: 0x" + Integer.toHexString(code));
    }

    /** {@code GetLazyState}; a completion is named after its command. */
    static String typeName(MessageType type) {
        String constant = type.name();
        if (type.isNotification() && constant.endsWith(COMPLETION)) {
            constant = constant.substring(0, constant.length() - COMPLETION.length());
        }
        StringBuilder name = new StringBuilder();
        for (String word : constant.split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** A command's name; null for one without a name. */
    static @Nullable String name(RawMessage entry) {
        return decode(entry) instanceof Command command ? command.name() : null;
    }

    /** An entry with everything in it; null for one of an unknown type. */
    static @Nullable String of(RawMessage entry, Callees callees) {
        return switch (decode(entry)) {
            case Command command ->
                text(
                        "Command",
                        Json.variant(typeName(MessageType.of(command)), CommandJson.of(command, callees)),
                        lengthMax(entry));
            case Notification notification -> text("Notification", notification(notification), lengthMax(entry));
            case null, default -> null;
        };
    }

    /** An entry without its payloads; null for one of an unknown type. */
    static @Nullable String lite(RawMessage entry, Callees callees) {
        return switch (decode(entry)) {
            case Command command ->
                text(
                        "Command",
                        Json.variant(typeName(MessageType.of(command)), CommandJson.lite(command, callees)),
                        LITE_LENGTH);
            case Notification notification -> text("Notification", lite(notification), LITE_LENGTH);
            case null, default -> null;
        };
    }

    private static @Nullable Message decode(RawMessage entry) {
        return MessageType.ofCode(entry.type()).isPresent() ? MessageCodec.decode(entry) : null;
    }

    private static String text(String family, JsonNode content, long length) {
        return Json.text(Json.variant(family, content), length);
    }

    /** Payloads make up most of a large entry, and what surrounds them is short. */
    private static long lengthMax(RawMessage entry) {
        return LITE_LENGTH + Json.lengthOf(entry.body());
    }

    private static ObjectNode notification(Notification notification) {
        if (notification.type() == MessageType.SIGNAL) {
            ObjectNode signal = Json.object();
            signal.set("id", Json.signalId(notification.id()));
            signal.set("result", Json.result(notification.result()));
            return Json.variant("Signal", signal);
        }
        ObjectNode completion = Json.object();
        if (notification.id() instanceof NotificationId.CompletionId(int id)) {
            completion.put("completion_id", id);
        }
        switch (notification.result()) {
            case Result.InvocationIdValue(String id) -> completion.put("invocation_id", id);
            case Result.StateKeys keys -> completion.set("state_keys", Json.result(keys));
            case Result.Empty _ when notification.type() == MessageType.SLEEP_COMPLETION -> {}
            case Result.Empty _, Result.Value _, Result.Failed _ ->
                completion.set("result", Json.result(notification.result()));
        }
        return Json.variant("Completion", Json.variant(typeName(notification.type()), completion));
    }

    private static ObjectNode lite(Notification notification) {
        JsonNode type = TextNode.valueOf(typeName(notification.type()));
        ObjectNode node = Json.object();
        node.set("ty", notification.type() == MessageType.SIGNAL ? type : Json.variant("Completion", type));
        node.set("id", Json.notificationId(notification.id()));
        return node.put("result", Json.kind(notification.result()));
    }
}
