package dev.reprise.sdk.report;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the line of user code among the frames of a stack. */
public final class UserCode {
    /** The packages that do not contain user code. */
    private static final List<String> NOT_USER_CODE = List.of(
            "java.",
            "jdk.",
            "dev.reprise.sdk.attempt.",
            "dev.reprise.sdk.closure.",
            "dev.reprise.sdk.handler.",
            "dev.reprise.sdk.promise.",
            "dev.reprise.sdk.scope.",
            "dev.reprise.sdk.vm.",
            "dev.reprise.sdk.report.",
            "dev.reprise.sdk.serde.",
            "dev.reprise.sdk.service.",
            "dev.reprise.sdk.Context",
            "dev.reprise.sdk.ObjectContext",
            "dev.reprise.sdk.SharedObjectContext",
            "dev.reprise.sdk.WorkflowContext",
            "dev.reprise.sdk.InvocationHandle",
            "dev.reprise.sdk.RestatePromise",
            "dev.reprise.sdk.All$",
            "dev.reprise.sdk.Awakeable",
            "dev.reprise.sdk.ServiceClient");

    private UserCode() {}

    /** The innermost line of user code at which something was thrown. */
    static Optional<StackTraceElement> line(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .filter(frame -> isUsers(frame.getClassName()))
                .findFirst();
    }

    /** The innermost line of user code on this thread's stack, as in a stack trace. Walks the stack. */
    public static String currentLine() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> isUsers(frame.getClassName()))
                        .findFirst()
                        .map(UserCode::text))
                .orElse("an unknown line");
    }

    private static String text(StackFrame frame) {
        return frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                + frame.getLineNumber() + ")";
    }

    private static boolean isUsers(String className) {
        return NOT_USER_CODE.stream().noneMatch(className::startsWith);
    }
}
