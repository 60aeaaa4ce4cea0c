package dev.reprise.testkit.orders;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A JUnit test that takes an {@link Orders} as its parameter and explores with it. A wrong order is written to {@code
 * target/orders/<class>.<method>.order}.
 *
 * {@snippet :
 * @ExploreOrders(max = 500)
 * void deposits_inAnyOrder_areAllCounted(Orders orders) {
 *     orders.service(Account::new)
 *         .check(outcome -> assertThat(outcome.state("balance", Integer.class)).contains(30))
 *         .explore();
 * }
 * }
 */
@Test
@ExtendWith(OrdersExtension.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ExploreOrders {
    /** As {@link Orders#max}. */
    int max() default 10_000;

    /** As {@link Orders#faults}. */
    int faults() default 1;

    /** As {@link Orders#cancels}. */
    int cancels() default 0;

    /** As {@link Orders#isolated}. */
    boolean isolated() default false;

    /** As {@link Orders#strictPromises}. */
    boolean strictPromises() default false;

    /** As {@link Orders#replay}, the path of a file; empty to explore. */
    String replay() default "";
}
