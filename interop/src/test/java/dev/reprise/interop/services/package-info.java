/**
 * The services of the contract on the official Java SDK, for a process of their own. {@code src/test/typescript} has
 * the same.
 */
@NullMarked
package dev.reprise.interop.services;

import org.jspecify.annotations.NullMarked;
