package dev.reprise.server.query.table;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Unsigned 64-bit integers, in the form in which Calcite computes with them. */
public final class Unsigned {
    private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(Long.SIZE);

    private Unsigned() {}

    static BigDecimal decimal(long bits) {
        if (bits >= 0) {
            return BigDecimal.valueOf(bits);
        }
        return new BigDecimal(BigInteger.valueOf(bits).add(RANGE));
    }
}
