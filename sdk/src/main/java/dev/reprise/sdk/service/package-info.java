/**
 * What describes services: their shapes, definitions, options and manifests, and how a method reference names a
 * handler. Begin at {@link dev.reprise.sdk.service.ServiceDefinition}; what runs a handler is in {@code
 * dev.reprise.sdk.handler}.
 */
package dev.reprise.sdk.service;
