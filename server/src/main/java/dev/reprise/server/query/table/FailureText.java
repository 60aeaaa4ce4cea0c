package dev.reprise.server.query.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.partition.JournalEvent;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import org.jspecify.annotations.Nullable;

/** Failures in a readable form, and the events of a journal as JSON. */
public final class FailureText {
    private FailureText() {}

    /** {@code [500 Internal] message}. */
    static String text(int code, String message) {
        String title = title(code);
        return "[" + code + (title == null ? "" : " " + title) + "] " + message;
    }

    /** The same with the stack trace below. */
    static String text(TransientError error) {
        String text = text(error.code(), error.message());
        return error.stacktrace().isEmpty() ? text : text + "\n" + error.stacktrace();
    }

    private static @Nullable String title(int code) {
        return switch (code) {
            case 400 -> "Bad request";
            case 404 -> "Not found";
            case 409 -> "Aborted";
            case 410 -> "Gone";
            case 415 -> "Unsupported media type";
            case 470 -> "Not ready";
            case 500 -> "Internal";
            case 570 -> "Journal mismatch";
            case 571 -> "Protocol violation";
            case 572 -> "Awaiting two async results";
            case 573 -> "Unsupported feature";
            default -> null;
        };
    }

    /** The length of an event's texts. */
    static long length(JournalEvent event) {
        return switch (event) {
            case TransientError error ->
                (long) error.message().length() + error.stacktrace().length();
            case JournalEvent.Paused(TransientError lastFailure) -> lastFailure == null ? 0 : length(lastFailure);
            case JournalEvent.Suspended _, JournalEvent.Waiting _ -> 0;
        };
    }

    static String eventType(JournalEvent event) {
        return switch (event) {
            case TransientError _ -> "TransientError";
            case JournalEvent.Paused _ -> "Paused";
            case JournalEvent.Suspended _ -> "Suspended";
            case JournalEvent.Waiting _ -> "Awaited";
        };
    }

    static String eventJson(JournalEvent event) {
        ObjectNode node = Json.object().put("ty", eventType(event));
        switch (event) {
            case TransientError error -> put(node, error);
            case JournalEvent.Suspended(FutureTree awaitingOn) -> node.set("awaiting_on", FutureJson.node(awaitingOn));
            case JournalEvent.Waiting waiting -> node.set("awaited", FutureJson.node(waiting.awaited()));
            case JournalEvent.Paused(TransientError lastFailure) -> {
                if (lastFailure != null) {
                    put(node.putObject("last_failure"), lastFailure);
                }
            }
        }
        return node.toString();
    }

    private static void put(ObjectNode node, TransientError error) {
        node.put("error_code", error.code()).put("error_message", error.message());
        if (!error.stacktrace().isEmpty()) {
            node.put("error_stacktrace", error.stacktrace());
        }
        if (error.errorCode() != null) {
            node.put("restate_doc_error_code", error.errorCode());
        }
        if (error.relatedCommandIndex() != null) {
            node.put("related_command_index", error.relatedCommandIndex());
        }
        if (error.relatedCommandName() != null) {
            node.put("related_command_name", error.relatedCommandName());
        }
        MessageType type = error.relatedCommandType();
        if (type != null) {
            node.put("related_command_type", EntryJson.typeName(type));
        }
    }
}
