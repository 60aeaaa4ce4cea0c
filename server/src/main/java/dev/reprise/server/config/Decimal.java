package dev.reprise.server.config;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Decimal numbers as people write them: {@code 1.5}. */
final class Decimal {
    private Decimal() {}

    /**
     * This number of a unit, with fractions of the unit's smallest part cut off; empty if no {@code long} can hold it.
     * Whole numbers, which all defaults are, avoid BigDecimal, whose initialization takes 20 ms.
     *
     * @param number digits, possibly with a decimal point between them
     */
    static OptionalLong times(String number, long unit) {
        if (number.length() <= 9 && number.indexOf('.') < 0) {
            return whole(Long.parseLong(number), unit);
        }
        BigDecimal product = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
        return product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(product.longValue());
    }

    private static OptionalLong whole(long number, long unit) {
        return Math.multiplyHigh(number, unit) == 0 && number * unit >= 0
                ? OptionalLong.of(number * unit)
                : OptionalLong.empty();
    }
}
