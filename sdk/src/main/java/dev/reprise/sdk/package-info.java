/**
 * What handlers are written with.
 *
 * <p>Begin at {@link dev.reprise.sdk.Context}, which a handler gets as its first argument, and at {@link
 * dev.reprise.sdk.RestatePromise}, which most of its methods give. The context's type says what the handler may do:
 *
 * <ul>
 *   <li>{@link dev.reprise.sdk.Context}: a service's handler, and the common part of all
 *   <li>{@link dev.reprise.sdk.SharedObjectContext}, {@link dev.reprise.sdk.ObjectContext}: a virtual object's handlers
 *   <li>{@link dev.reprise.sdk.SharedWorkflowContext}, {@link dev.reprise.sdk.WorkflowContext}: a workflow's handlers
 * </ul>
 *
 * <p>A {@link dev.reprise.sdk.TerminalException} is final; everything else a handler throws is retried.
 */
package dev.reprise.sdk;
