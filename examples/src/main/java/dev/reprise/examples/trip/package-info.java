/** A trip planned by many steps at once; what the demo kills and the README's tour calls. */
@org.jspecify.annotations.NullMarked
package dev.reprise.examples.trip;
