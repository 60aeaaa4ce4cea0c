/**
 * What the server does for the JVM it runs in, beyond what flags can say. {@link dev.reprise.server.jvm.StartPreparation} gives a
 * server a little load while the JVM watches, so that later starts, and the first requests after them, are faster. {@link
 * dev.reprise.server.jvm.OldGeneration} has the heap give back what a load has taken; {@code docs/adr/0027} says why no collector's
 * flag does.
 */
@NullMarked
package dev.reprise.server.jvm;

import org.jspecify.annotations.NullMarked;
