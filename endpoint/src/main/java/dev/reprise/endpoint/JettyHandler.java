package dev.reprise.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Carries an endpoint's requests on Jetty. */
final class JettyHandler extends Handler.Abstract.NonBlocking {
    private final EndpointHandler endpoint;

    JettyHandler(EndpointHandler endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getLowerCaseName(), field.getValue());
        }
        boolean bidirectional = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
        EndpointRequestHead head =
                new EndpointRequestHead(request.getHttpURI().getCanonicalPath(), headers, bidirectional);
        JettyExchange exchange = new JettyExchange(request, response, callback);
        exchange.watchStream();
        exchange.begin(endpoint.open(head, exchange));
        return true;
    }
}
