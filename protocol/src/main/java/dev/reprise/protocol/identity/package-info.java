/**
 * How a server proves that a request is its own: the text of a public key, and the signed token of a request.
 * {@link dev.reprise.protocol.identity.SignedToken} is made by who sends and checked by who receives; what it claims is
 * JSON, which both read and write themselves.
 */
package dev.reprise.protocol.identity;
