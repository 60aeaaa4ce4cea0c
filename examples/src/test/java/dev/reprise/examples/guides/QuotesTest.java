package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.testkit.orders.ExploreOrders;
import dev.reprise.testkit.orders.Orders;
import java.time.Duration;
import java.util.List;

class QuotesTest {
    @Service
    public static class Quotes {
        @Handler
        public int best(Context ctx, String article) {
            List<RestatePromise<Integer>> quotes = List.of(
                    ctx.call(Target.service("North", "quote"), article, Integer.class),
                    ctx.call(Target.service("South", "quote"), article, Integer.class));
            return RestatePromise.any(quotes)
                    .orTimeout(Duration.ofSeconds(2))
                    .recover(_ -> ctx.run("usual price", Integer.class, () -> 100))
                    .await();
        }
    }

    @ExploreOrders
    void best_inAnyOrder_isAPrice(Orders orders) {
        orders.service(Quotes::new)
                .input("tea")
                .calls(call -> {
                    if (call.target().service().equals("South")) {
                        throw new TerminalException("closed");
                    }
                    return 90;
                })
                .check(outcome -> assertThat(outcome.value(Integer.class)).isIn(90, 100))
                .explore();
    }
}
