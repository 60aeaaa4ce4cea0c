package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.util.List;
import org.slf4j.Logger;

/** Asks several shops at once and works with those that answer. */
@Service
public class PartialFailure {
    /** The prices of the shops that have one, and the reasons of those that have not. */
    @Handler
    public List<String> prices(Context ctx, List<String> shops) {
        List<RestatePromise<String>> asked = shops.stream()
                .map(shop -> ctx.runAsync("ask " + shop, String.class, () -> price(ctx.logger(), shop)))
                .toList();
        return RestatePromise.allSettled(asked).await().stream()
                .map(answer -> switch (answer) {
                    case Settled.Fulfilled<String>(String price) -> price;
                    case Settled.Rejected<String>(TerminalException reason) -> "none: " + reason.getMessage();
                })
                .toList();
    }

    private static String price(Logger log, String shop) {
        log.info("asking the shop '{}'", shop);
        if (shop.isBlank()) {
            log.info("there is no shop '{}'", shop);
            throw new TerminalException(404, "no such shop");
        }
        return shop + ": " + shop.length() + " EUR";
    }
}
