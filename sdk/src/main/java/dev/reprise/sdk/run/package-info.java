/**
 * What the closure of a run can know of the step it executes.
 *
 * <p>Begin at {@link dev.reprise.sdk.run.RunContext}, which a {@link dev.reprise.sdk.run.StepAction} is given.
 */
package dev.reprise.sdk.run;
