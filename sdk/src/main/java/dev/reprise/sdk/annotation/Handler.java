package dev.reprise.sdk.annotation;

import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a handler: it can be called from other handlers and from outside.
 *
 * <p>The method takes the context of its kind of service first, then at most one input, and returns a result or
 * nothing. It is not private and not static. It is called by the method's name, or by {@link Name}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Handler {
    /** What it is for, in Markdown. Shown in the service's description. */
    String documentation() default "";

    /**
     * Chooses how its input and result are written, before the service's factory. Made through a constructor without
     * parameters.
     */
    Class<? extends SerdeFactory> serde() default SerdeFactory.class;

    /**
     * The content types its input may have, as in HTTP's {@code Accept}, wildcards allowed. Empty stands for the
     * content type that its serde writes.
     */
    String accept() default "";
}
