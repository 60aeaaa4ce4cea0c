package dev.reprise.protocol.id;

import dev.reprise.protocol.ProtocolException;

/**
 * Numbers of 64 and 128 bits as digits {@code 0-9a-zA-Z} of fixed width. A number's bytes are taken in reverse order,
 * as Restate's ids have it.
 */
final class Base62 {
    static final int CHARS_OF_64_BITS = 11;
    static final int CHARS_OF_128_BITS = 22;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Base62() {}

    static void append64(StringBuilder out, long value) {
        append(out, 0, Long.reverseBytes(value), CHARS_OF_64_BITS);
    }

    static void append128(StringBuilder out, long high, long low) {
        append(out, Long.reverseBytes(low), Long.reverseBytes(high), CHARS_OF_128_BITS);
    }

    static long read64(String text, int from) {
        int[] limbs = read(text, from, CHARS_OF_64_BITS);
        if (limbs[0] != 0 || limbs[1] != 0) {
            throw new ProtocolException("'" + text + "' holds a number of more than 64 bits");
        }
        return Long.reverseBytes(joined(limbs[2], limbs[3]));
    }

    /** The high and the low half. */
    static long[] read128(String text, int from) {
        int[] limbs = read(text, from, CHARS_OF_128_BITS);
        return new long[] {Long.reverseBytes(joined(limbs[2], limbs[3])), Long.reverseBytes(joined(limbs[0], limbs[1]))
        };
    }

    /** Divides by 62 again and again, in 32-bit limbs, the highest first. */
    private static void append(StringBuilder out, long high, long low, int chars) {
        int[] limbs = {(int) (high >>> 32), (int) high, (int) (low >>> 32), (int) low};
        char[] digits = new char[chars];
        for (int i = chars - 1; i >= 0; i--) {
            long remainder = 0;
            for (int limb = 0; limb < limbs.length; limb++) {
                long dividend = remainder << 32 | limbs[limb] & 0xFFFFFFFFL;
                limbs[limb] = (int) (dividend / 62);
                remainder = dividend % 62;
            }
            digits[i] = DIGITS.charAt((int) remainder);
        }
        out.append(digits);
    }

    private static int[] read(String text, int from, int chars) {
        int[] limbs = new int[4];
        for (int i = from; i < from + chars; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new ProtocolException("'" + text.charAt(i) + "' in '" + text + "' is no digit of base 62");
            }
            long carry = digit;
            for (int limb = limbs.length - 1; limb >= 0; limb--) {
                long product = (limbs[limb] & 0xFFFFFFFFL) * 62 + carry;
                limbs[limb] = (int) product;
                carry = product >>> 32;
            }
            if (carry != 0) {
                throw new ProtocolException("'" + text + "' holds a number of more than 128 bits");
            }
        }
        return limbs;
    }

    private static long joined(int high, int low) {
        return (long) high << 32 | low & 0xFFFFFFFFL;
    }
}
