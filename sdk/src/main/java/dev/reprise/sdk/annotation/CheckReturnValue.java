package dev.reprise.sdk.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a method gives should not be dropped: a promise that nobody awaits loses its failure, and the handler does not
 * wait for what it stands for. On a type it says so of all its methods.
 *
 * <p>Error Prone and the inspections of IDEs know annotations of this name, whatever their package, and report calls
 * whose result is ignored. To ignore one on purpose, assign it to a variable named {@code unused}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface CheckReturnValue {}
