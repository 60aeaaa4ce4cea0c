/**
 * Executes the closures of an attempt's runs on other threads, passes their results to the state machine, and tries
 * failed ones again.
 *
 * <p>Begin at {@link dev.reprise.sdk.closure.RunExecutions}, which only the handler's thread uses. A {@code
 * RunExecution} is one execution of a {@link dev.reprise.sdk.closure.RunStep}; its outcome reaches the handler's thread
 * through the {@link dev.reprise.sdk.closure.ClosureOwner}. {@code RunRetries} holds the runs that wait for their next
 * execution, {@link dev.reprise.sdk.closure.RunTries} counts executions, and {@link dev.reprise.sdk.closure.RunMemory}
 * keeps the counts for the next attempt.
 */
package dev.reprise.sdk.closure;
