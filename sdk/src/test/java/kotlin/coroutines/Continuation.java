package kotlin.coroutines;

/** Stands for the parameter that Kotlin's compiler adds to each {@code suspend fun}. */
public interface Continuation<T> {
    /** Goes on. */
    void resumeWith(Object result);
}
