/**
 * The closures of runs, and what they can know of the step that they execute.
 *
 * <p>{@link dev.reprise.sdk.run.RunAction} and {@link dev.reprise.sdk.run.RunEffect} only do their work. Begin at
 * {@link dev.reprise.sdk.run.RunContext}, which a {@link dev.reprise.sdk.run.StepAction} is given.
 */
package dev.reprise.sdk.run;
