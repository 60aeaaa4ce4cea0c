package dev.reprise.sdk.vm;

/**
 * How often and for how long a run was tried before this attempt, for its retry policy.
 *
 * @param count the attempts that failed
 * @param durationMillis the time since the first of them; 0 if there was none
 */
public record PriorAttempts(int count, long durationMillis) {
    static final PriorAttempts NONE = new PriorAttempts(0, 0);
}
