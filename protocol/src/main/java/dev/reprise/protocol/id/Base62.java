package dev.reprise.protocol.id;

import dev.reprise.protocol.ProtocolException;
import java.math.BigInteger;

/** Numbers of 64 and 128 bits in base 62, of fixed width; bytes are taken in little-endian order, as in Restate's ids. */
final class Base62 {
    static final int CHARS_OF_64_BITS = 11;
    static final int CHARS_OF_128_BITS = 22;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final BigInteger BASE = BigInteger.valueOf(62);

    private Base62() {}

    static void append64(StringBuilder out, long value) {
        long rest = Long.reverseBytes(value);
        char[] digits = new char[CHARS_OF_64_BITS];
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, 62));
            rest = Long.divideUnsigned(rest, 62);
        }
        out.append(digits);
    }

    static void append128(StringBuilder out, long high, long low) {
        BigInteger rest = unsigned(Long.reverseBytes(low)).shiftLeft(64).or(unsigned(Long.reverseBytes(high)));
        char[] digits = new char[CHARS_OF_128_BITS];
        for (int i = digits.length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        out.append(digits);
    }

    static long read64(String text, int from) {
        return Long.reverseBytes(read(text, from, CHARS_OF_64_BITS, 64).longValue());
    }

    /** The high and the low half. */
    static long[] read128(String text, int from) {
        BigInteger value = read(text, from, CHARS_OF_128_BITS, 128);
        return new long[] {
            Long.reverseBytes(value.longValue()),
            Long.reverseBytes(value.shiftRight(64).longValue())
        };
    }

    private static BigInteger read(String text, int from, int chars, int bitsMax) {
        BigInteger value = BigInteger.ZERO;
        for (int i = from; i < from + chars; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new ProtocolException("'" + text.charAt(i) + "' in '" + text + "' is no digit of base 62");
            }
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        if (value.bitLength() > bitsMax) {
            throw new ProtocolException("'" + text + "' holds a number of more than " + bitsMax + " bits");
        }
        return value;
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
