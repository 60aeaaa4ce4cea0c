/**
 * What the tests of this module stand on: the original server and ours as processes, the processes that serve the
 * contract with the official SDKs, and the comparison of what both servers answer. Begin at
 * {@link dev.reprise.interop.harness.Lab}.
 */
@NullMarked
package dev.reprise.interop.harness;

import org.jspecify.annotations.NullMarked;
