/**
 * Our SDK on both servers. {@link dev.reprise.interop.sdk.RepriseServices} is a process that serves the contract of
 * {@code dev.reprise.interop.services} with it, so that every scenario runs with it too, and the tests here show what
 * only it can do, on the original server and in every version of the protocol.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.interop.sdk;
