package dev.reprise.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.annotation.CheckReturnValue;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A promise that is dropped is a step nobody waits for: whatever gives one says so to those who check code. */
class PromisesAreKeptTest {
    private static final Set<Class<?>> GIVEN = Set.of(Awakeable.class, Choice.Alternative.class, Iterable.class);

    @Test
    void methods_thatGiveAPromise_areMarked() {
        assertThat(givers())
                .hasSizeGreaterThan(60)
                .allMatch(method -> method.isAnnotationPresent(CheckReturnValue.class));
    }

    @Test
    void methods_thatWait_areNotMarked() {
        assertThat(methods().filter(method -> Set.of("run", "sleep", "await").contains(method.getName())))
                .hasSizeGreaterThan(10)
                .noneMatch(method -> method.isAnnotationPresent(CheckReturnValue.class));
    }

    private static Stream<Method> givers() {
        return methods()
                .filter(method -> RestatePromise.class.isAssignableFrom(method.getReturnType())
                        || GIVEN.contains(method.getReturnType()));
    }

    private static Stream<Method> methods() {
        Stream<Class<?>> types = Stream.of(
                Context.class,
                SharedObjectContext.class,
                ObjectContext.class,
                SharedWorkflowContext.class,
                WorkflowContext.class,
                RestatePromise.class,
                CallPromise.class,
                InvocationHandle.class,
                DurablePromise.class,
                ServiceClient.class);
        return Stream.concat(Stream.concat(types, Stream.of(All.class)), Arrays.stream(All.class.getClasses()))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic() && !isComponent(method));
    }

    /** The promise inside of another one, which was given by a method that is marked. */
    private static boolean isComponent(Method method) {
        return method.getName().equals("promise") && All.class.isAssignableFrom(method.getDeclaringClass());
    }
}
