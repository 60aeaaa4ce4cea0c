package dev.reprise.endpoint.replay;

import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services on a class path of jars and folders: those that a main class gives, or else every public class with the
 * annotation of a service and a public constructor without parameters.
 */
final class JarServices {
    private static final List<Class<? extends Annotation>> MARKS =
            List.of(Service.class, VirtualObject.class, Workflow.class);
    private static final String CLASS = ".class";

    private final List<Path> classPath;
    private final ClassLoader loader;

    /** {@code classPath} as {@code java -cp} takes it, without wildcards. */
    JarServices(String classPath) {
        this.classPath = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        this.loader = new URLClassLoader(
                this.classPath.stream().map(JarServices::url).toArray(URL[]::new), JarServices.class.getClassLoader());
    }

    private static URL url(Path entry) {
        if (!Files.exists(entry)) {
            throw new ReplayException("Expected a jar or a folder of classes in --classpath, found no " + entry + ".");
        }
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new ReplayException("Expected a path in --classpath, found " + entry + ".", e);
        }
    }

    /**
     * The services by name, never none. {@code main} has a public static method {@code services()}; null if there is no
     * such class.
     */
    Map<String, ServiceDefinition> find(@Nullable String main) {
        Thread.currentThread().setContextClassLoader(loader);
        Map<String, ServiceDefinition> services = new LinkedHashMap<>();
        for (Object service : main == null ? annotated() : given(main)) {
            ServiceDefinition definition =
                    service instanceof ServiceDefinition built ? built : ServiceDefinition.of(service);
            definition.requireOwnName(services.values());
            services.put(definition.name(), definition);
        }
        if (services.isEmpty()) {
            throw new ReplayException("Expected services in " + classPath + ", found no public class with @Service,"
                    + " @VirtualObject or @Workflow and a public constructor without parameters. Name a class with"
                    + " --main whose public static method services() gives them.");
        }
        return services;
    }

    private Collection<?> given(String main) {
        String expected = "Expected a class " + main + " with a method public static Collection<?> services() in "
                + classPath + ", found ";
        try {
            Method services = Class.forName(main, true, loader).getMethod("services");
            if (services.invoke(null) instanceof Collection<?> given) {
                return given;
            }
            throw new ReplayException(expected + "one that gives no collection.");
        } catch (InvocationTargetException e) {
            throw new ReplayException(main + ".services() failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError | NullPointerException e) {
            throw new ReplayException(expected + e + ".", e);
        }
    }

    private List<Object> annotated() {
        List<Object> services = new ArrayList<>();
        for (Path entry : classPath) {
            for (String name : marked(entry)) {
                Constructor<?> constructor = constructor(name);
                if (constructor != null) {
                    services.add(made(constructor));
                }
            }
        }
        return services;
    }

    private static Object made(Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getCause() : e;
            throw new ReplayException(
                    "The constructor of the service " + constructor.getName() + " failed: " + cause
                            + ". Name a class with --main whose services() makes them in another way.",
                    e);
        }
    }

    /** How to make an instance of a service; null if the class is none, or cannot be made so. */
    private @Nullable Constructor<?> constructor(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            boolean isMarked = MARKS.stream().anyMatch(type::isAnnotationPresent);
            boolean isMade = Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
            if (!isMarked || !isMade) {
                return null;
            }
            return Stream.of(type.getConstructors())
                    .filter(constructor -> constructor.getParameterCount() == 0)
                    .findFirst()
                    .orElse(null);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ReplayException(
                    "The class " + name + " cannot be loaded: " + e + ". Put what it needs into --classpath, too.", e);
        }
    }

    /** The names of the classes in a jar or below a folder that mention one of the annotations. */
    private static List<String> marked(Path entry) {
        try {
            return Files.isDirectory(entry) ? markedInFolder(entry) : markedInJar(entry);
        } catch (IOException | UncheckedIOException e) {
            throw new ReplayException(
                    "Expected a jar in --classpath, found that " + entry + " cannot be read: " + e, e);
        }
    }

    private static List<String> markedInFolder(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (file.toString().endsWith(CLASS) && isMarked(Files.readAllBytes(file))) {
                    names.add(className(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                }
            }
        }
        return names;
    }

    private static List<String> markedInJar(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (var opened = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, JarFile.runtimeVersion())) {
            for (JarEntry file : (Iterable<JarEntry>) opened.versionedStream()::iterator) {
                if (file.getName().endsWith(CLASS)) {
                    try (InputStream bytes = opened.getInputStream(file)) {
                        if (isMarked(bytes.readAllBytes())) {
                            names.add(className(file.getName()));
                        }
                    }
                }
            }
        }
        return names;
    }

    private static String className(String file) {
        return file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    }

    /** An annotation stands in the class file's constants by its descriptor. */
    private static boolean isMarked(byte[] classFile) {
        String constants = new String(classFile, StandardCharsets.ISO_8859_1);
        return MARKS.stream().anyMatch(mark -> constants.contains(mark.descriptorString()));
    }
}
