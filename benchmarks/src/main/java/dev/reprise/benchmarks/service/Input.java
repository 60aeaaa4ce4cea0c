package dev.reprise.benchmarks.service;

/**
 * What most handlers take.
 *
 * @param n how many steps or calls
 * @param seed what the result depends on
 * @param ms how long to sleep
 */
public record Input(int n, long seed, long ms) {}
