/**
 * The code of the guides in {@code docs}, with tests that run it. {@link dev.reprise.examples.guides.GuidesTest} holds
 * every block of the guides to be an excerpt of these sources.
 */
package dev.reprise.examples.guides;
