package dev.reprise.server.http;

/** The value of a {@code content-type} header. */
public final class ContentType {
    private ContentType() {}

    /** The type alone: {@code text/plain; charset=utf-8} is {@code text/plain}. */
    public static String withoutParameters(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }
}
