/** Official SDKs and the official CLI on our server, held against the original server in the same run. */
@NullMarked
package dev.reprise.interop;

import org.jspecify.annotations.NullMarked;
