/** The programs of {@code docs/getting-started.md}, there without a package. */
package dev.reprise.examples.guides.start;
