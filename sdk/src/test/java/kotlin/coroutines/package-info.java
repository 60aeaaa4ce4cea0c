/** What of Kotlin's coroutines the tests need, which have no Kotlin. */
@NullMarked
package kotlin.coroutines;

import org.jspecify.annotations.NullMarked;
