package dev.reprise.server.query.output;

/** A column of a result. */
public record Column(String name, ColumnType type) {}
