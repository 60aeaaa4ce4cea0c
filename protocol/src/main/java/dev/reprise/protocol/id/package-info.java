/** Identifiers in Restate's text and byte forms. */
package dev.reprise.protocol.id;
