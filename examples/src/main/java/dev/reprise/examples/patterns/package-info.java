/**
 * Patterns of concurrent durable tasks, one service each. {@code ./reprise example <name>} runs one; begin at {@link
 * dev.reprise.examples.patterns.Patterns}.
 */
package dev.reprise.examples.patterns;
