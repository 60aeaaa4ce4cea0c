package dev.reprise.sdk.service;

import dev.reprise.sdk.MethodReference;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/**
 * The method that a method reference names. The compiler generates a class for each method reference in the code, so
 * each is read once per class.
 *
 * @param owner the class in the reference
 * @param method the method's name
 * @param descriptor its parameters and result, as in class files
 */
record MethodName(String owner, String method, String descriptor) {
    private static final String EXPECTED = "Expected a method reference such as Counter::add, found ";

    private static final ClassValue<Once> NAMES = new ClassValue<>() {
        @Override
        protected Once computeValue(Class<?> type) {
            return new Once();
        }
    };

    /**
     * The method that {@code reference} names.
     *
     * @throws IllegalArgumentException when it is a lambda or an object of another kind
     */
    static MethodName of(MethodReference<?> reference) {
        return NAMES.get(reference.getClass()).name(reference);
    }

    /**
     * The name that all instances of a class share. Two threads may read it at the same time, and get the same result.
     */
    private static final class Once {
        private volatile @Nullable MethodName name;

        MethodName name(MethodReference<?> reference) {
            MethodName known = name;
            if (known == null) {
                known = read(reference);
                name = known;
            }
            return known;
        }
    }

    private static MethodName read(MethodReference<?> reference) {
        SerializedLambda form = SerializedForm.of(reference);
        String owner = form.getImplClass().replace('/', '.');
        boolean onInstance = form.getImplMethodKind() == MethodHandleInfo.REF_invokeVirtual
                || form.getImplMethodKind() == MethodHandleInfo.REF_invokeInterface;
        if (!onInstance || form.getCapturedArgCount() > 0) {
            throw new IllegalArgumentException(EXPECTED + "a lambda or a method of a given object in " + owner
                    + ". Name the handler's method by the service's type.");
        }
        return new MethodName(owner, form.getImplMethodName(), form.getImplMethodSignature());
    }

    /**
     * The serialized form of a lambda, taken while it is serialized to nowhere. Unlike a call of its {@code
     * writeReplace}, this needs no access to its module.
     */
    private static final class SerializedForm extends ObjectOutputStream {
        private @Nullable SerializedLambda found;

        private SerializedForm() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        static SerializedLambda of(MethodReference<?> reference) {
            try (SerializedForm form = new SerializedForm()) {
                form.writeObject(reference);
                if (form.found != null) {
                    return form.found;
                }
            } catch (IOException e) {
                throw new IllegalArgumentException(EXPECTED + "an object of " + reference.getClass(), e);
            }
            throw new IllegalArgumentException(EXPECTED + "an object of " + reference.getClass());
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) {
            if (object instanceof SerializedLambda form) {
                found = form;
                return null;
            }
            return object;
        }
    }
}
