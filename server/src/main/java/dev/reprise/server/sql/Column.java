package dev.reprise.server.sql;

/** A column of a result. */
public record Column(String name, ColumnType type) {}
