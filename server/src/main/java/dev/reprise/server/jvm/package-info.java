/**
 * What the server does for its JVM beyond what flags can do. {@link dev.reprise.server.jvm.StartPreparation} puts a
 * server under a little load while the JVM records, so that later starts, and the first requests after them, are
 * faster. {@link dev.reprise.server.jvm.OldGeneration} has the heap give back what a load has taken; {@code
 * docs/adr/0027} explains why no collector's flag does.
 */
@NullMarked
package dev.reprise.server.jvm;

import org.jspecify.annotations.NullMarked;
