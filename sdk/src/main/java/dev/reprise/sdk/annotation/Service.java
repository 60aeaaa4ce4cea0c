package dev.reprise.sdk.annotation;

import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class, or the interface it implements, a service: handlers that share nothing.
 *
 * <p>A handler is a public method with {@link Handler} that takes a {@link dev.reprise.sdk.Context} and at most one
 * input.
 *
 * <pre>{@code
 * @Service
 * public class Greeter {
 *   @Handler
 *   public String greet(Context ctx, String name) {
 *     return "Hello " + name;
 *   }
 * }
 * }</pre>
 *
 * <p>It is called by the type's simple name, or by {@link Name}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Service {
    /** What it is for, in Markdown. Shown in the service's description. */
    String documentation() default "";

    /**
     * Chooses how its values are written, when its handlers do not say. Made through a constructor without parameters.
     */
    Class<? extends SerdeFactory> serde() default SerdeFactory.class;
}
