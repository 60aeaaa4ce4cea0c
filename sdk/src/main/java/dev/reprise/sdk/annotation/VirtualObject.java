package dev.reprise.sdk.annotation;

import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class, or the interface it implements, a virtual object: handlers that share state and a lock per key.
 *
 * <p>A handler with {@link Handler} takes an {@link dev.reprise.sdk.ObjectContext} and has its key for itself; one with
 * {@link Shared} takes a {@link dev.reprise.sdk.SharedObjectContext} and only reads.
 *
 * <pre>{@code
 * @VirtualObject
 * public class Counter {
 *   private static final StateKey<Long> TOTAL = StateKey.of("total", Long.class);
 *
 *   @Handler
 *   public void add(ObjectContext ctx, long amount) {
 *     ctx.set(TOTAL, ctx.get(TOTAL).orElse(0L) + amount);
 *   }
 *
 *   @Shared
 *   public long total(SharedObjectContext ctx) {
 *     return ctx.get(TOTAL).orElse(0L);
 *   }
 * }
 * }</pre>
 *
 * <p>It is called by the type's simple name, or by {@link Name}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface VirtualObject {
    /** What it is for, in Markdown. Shown in the service's description. */
    String documentation() default "";

    /**
     * Chooses how its values are written, when its handlers do not say. Made through a constructor without parameters.
     */
    Class<? extends SerdeFactory> serde() default SerdeFactory.class;
}
