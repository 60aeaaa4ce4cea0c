package dev.reprise.engine.partition;

/**
 * Identifies a waiting client of this node's present run. A request whose node has gone gets no answer.
 *
 * @param run the run of the node that waits, drawn at its start
 * @param sequence the request within it
 */
public record RequestId(long run, long sequence) {}
