/**
 * What turns a class into a service.
 *
 * <p>On the type: {@link dev.reprise.sdk.annotation.Service}, {@link dev.reprise.sdk.annotation.VirtualObject} or
 * {@link dev.reprise.sdk.annotation.Workflow}. On its methods: {@link dev.reprise.sdk.annotation.Handler} and {@link
 * dev.reprise.sdk.annotation.Shared}. {@link dev.reprise.sdk.annotation.Name} gives either another name. All of them
 * may stand on an interface instead, which callers can then share without the code.
 *
 * <p>{@link dev.reprise.sdk.annotation.CheckReturnValue} is for this library's own methods: it marks those that give a
 * promise.
 */
package dev.reprise.sdk.annotation;
