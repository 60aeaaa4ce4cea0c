/** What of Kotlin's library the tests need, which have no Kotlin. */
@NullMarked
package kotlin;

import org.jspecify.annotations.NullMarked;
