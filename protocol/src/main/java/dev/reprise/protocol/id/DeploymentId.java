package dev.reprise.protocol.id;

import dev.reprise.protocol.ProtocolException;

/**
 * Identifies a deployment; its text form is {@code dp_1} and 22 digits in base 62.
 *
 * @param high the first half of its 128 bits
 * @param low the second half
 */
public record DeploymentId(long high, long low) {
    private static final String PREFIX = "dp_1";

    /**
     * A new id.
     *
     * @param nowMillis milliseconds since the epoch, so that ids sort by age
     * @param randomHigh 16 random bits; the others are not used
     * @param randomLow 64 random bits
     */
    public static DeploymentId fresh(long nowMillis, long randomHigh, long randomLow) {
        return new DeploymentId(Ulid.high(nowMillis, randomHigh), randomLow);
    }

    /**
     * Reads the text form.
     *
     * @throws ProtocolException when it is not one
     */
    public static DeploymentId parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + Base62.CHARS_OF_128_BITS) {
            throw new ProtocolException("expected a deployment id, '" + PREFIX + "' and " + Base62.CHARS_OF_128_BITS
                    + " characters, found '" + text + "'");
        }
        long[] halves = Base62.read128(text, PREFIX.length());
        return new DeploymentId(halves[0], halves[1]);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(PREFIX);
        Base62.append128(text, high, low);
        return text.toString();
    }
}
