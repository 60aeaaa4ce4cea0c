/** The demo: an engine is killed in the middle of concurrent tasks and goes on. Begin at {@code Demo}. */
@org.jspecify.annotations.NullMarked
package dev.reprise.examples.demo;
