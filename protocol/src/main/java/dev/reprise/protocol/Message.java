package dev.reprise.protocol;

/**
 * One message of the service protocol between the engine and a handler's SDK.
 *
 * <p>{@link Command} and {@link Notification} are entries of the journal; a {@link CustomEntry} is one too, of a type
 * only the SDK that wrote it knows. A {@link ControlMessage} steers the attempt and is never journaled.
 */
public sealed interface Message permits ControlMessage, Command, Notification, CustomEntry {}
