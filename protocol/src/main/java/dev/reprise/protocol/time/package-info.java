/** What time it is, how time passes, and how delays are spread: see {@link dev.reprise.protocol.time.TimeSource}. */
@NullMarked
package dev.reprise.protocol.time;

import org.jspecify.annotations.NullMarked;
