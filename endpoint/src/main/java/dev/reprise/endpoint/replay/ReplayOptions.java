package dev.reprise.endpoint.replay;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the check is asked for.
 *
 * @param admin the server's admin port
 * @param classPath jars and folders with the new code
 * @param condition which invocations, in SQL
 * @param main the class that gives the services; null if they are looked for
 */
record ReplayOptions(
        URI admin,
        String classPath,
        String condition,
        @Nullable String main) {
    static final String USAGE = """
            usage: replay --admin URL --classpath my.jar [--where "SQL condition"] [--main Class]

              --admin      the admin port of the server, as http://localhost:9070
              --classpath  the jars and folders with the new code, as java takes them
              --where      which invocations of the table sys_invocation to replay; status <> 'completed' unless given
              --main       a class whose method public static Collection<?> services() gives the services; unless given,
                           they are the public classes with @Service, @VirtualObject or @Workflow and a public
                           constructor without parameters

            Exit code: 0 if no invocation diverges, 1 if one does, 2 if the check could not be made.""";

    private static final String ADMIN = "--admin";
    private static final String CLASS_PATH = "--classpath";
    private static final String WHERE = "--where";
    private static final String MAIN = "--main";
    private static final Set<String> NAMES = Set.of(ADMIN, CLASS_PATH, WHERE, MAIN);

    static ReplayOptions of(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!NAMES.contains(name)) {
                throw usage("there is no option " + name);
            }
            if (i + 1 == arguments.length) {
                throw usage(name + " needs a value");
            }
            if (given.put(name, arguments[i + 1]) != null) {
                throw usage(name + " is given twice");
            }
        }
        return new ReplayOptions(
                uri(required(given, ADMIN)),
                required(given, CLASS_PATH),
                given.getOrDefault(WHERE, "status <> 'completed'"),
                given.get(MAIN));
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw usage(name + " is missing");
        }
        return value;
    }

    private static URI uri(String text) {
        if (!text.matches("https?://[^/].*")) {
            throw usage(ADMIN + " is to be as http://localhost:9070, not " + text);
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ReplayException(ADMIN + " is no address: " + e.getMessage() + "\n" + USAGE, e);
        }
    }

    private static ReplayException usage(String what) {
        return new ReplayException(what + "\n" + USAGE);
    }
}
