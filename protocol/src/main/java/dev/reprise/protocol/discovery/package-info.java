/**
 * What a deployment says of itself when the engine discovers it: its services, their handlers, and how to run them.
 *
 * <p>{@link dev.reprise.protocol.discovery.EndpointManifest} is the document,
 * {@link dev.reprise.protocol.discovery.DiscoveryVersion} its versions and their content types. Record components are
 * named exactly as the document's fields, so that any JSON mapper reads and writes them; fields that the document omits
 * are null.
 */
package dev.reprise.protocol.discovery;
