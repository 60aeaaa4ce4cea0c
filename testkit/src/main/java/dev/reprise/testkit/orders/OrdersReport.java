package dev.reprise.testkit.orders;

/**
 * What was explored.
 *
 * @param orders how many orders came to their ends
 * @param cut how many more were begun, and left when it was clear that they lead to what others have led to
 * @param exhausted whether there are no more; if not, {@link Orders#max} was reached
 */
public record OrdersReport(int orders, int cut, boolean exhausted) {
    OrdersReport plus(OrdersReport other) {
        return new OrdersReport(orders + other.orders, cut + other.cut, exhausted && other.exhausted);
    }
}
