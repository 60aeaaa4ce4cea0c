/** What is asked of an engine, what it is resolved to, and how it is refused. Begin at {@link dev.reprise.engine.call.CallResolver}. */
package dev.reprise.engine.call;
