package dev.reprise.protocol;

/**
 * A journal entry made for the handler: a completion of one of its commands, or a signal.
 *
 * @param type the message type, which for a completion names the command it answers
 * @param id what it answers
 * @param result the outcome
 */
public record Notification(MessageType type, NotificationId id, Result result) implements Message {}
