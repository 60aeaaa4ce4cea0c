package dev.reprise.testkit.orders;

/**
 * The result of an exploration.
 *
 * @param orders how many orders came to their ends
 * @param cut how many more were begun and abandoned, once it was clear that they lead to the same results as others
 * @param exhausted whether there are no more; if not, {@link Orders#max} was reached
 */
public record OrdersReport(int orders, int cut, boolean exhausted) {
    OrdersReport plus(OrdersReport other) {
        return new OrdersReport(orders + other.orders, cut + other.cut, exhausted && other.exhausted);
    }
}
