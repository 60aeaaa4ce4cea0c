/**
 * What describes services: their shapes, definitions, options and manifests, and how a method reference names a
 * handler. Begin at {@link dev.reprise.sdk.service.ServiceDefinition}; {@code dev.reprise.sdk.handler} runs handlers.
 */
package dev.reprise.sdk.service;
