package dev.reprise.server.jvm;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A deployment without handlers: it gives every invocation the same answer, whatever its journal contains. */
final class TrainingDeployment extends Handler.Abstract {
    static final String SERVICE = "Training";
    static final String OBJECT = "TrainingObject";

    private static final int FIRST_MESSAGES_BYTES = 8 << 10;
    private static final Bytes VALUE = Bytes.utf8("1");
    private static final String MANIFEST = """
            {"protocolMode":"BIDI_STREAM","minProtocolVersion":5,"maxProtocolVersion":6,"services":[
             {"name":"Training","ty":"SERVICE","handlers":[{"name":"plain"},{"name":"step"},{"name":"call"}]},
             {"name":"TrainingObject","ty":"VIRTUAL_OBJECT","handlers":[{"name":"add","ty":"EXCLUSIVE"}]}]}
            """;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if (path.equals("/discover")) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/vnd.restate.endpointmanifest.v3+json");
            response.write(true, ByteBuffer.wrap(MANIFEST.getBytes(StandardCharsets.UTF_8)), callback);
            return true;
        }
        try {
            converse(path.substring(path.lastIndexOf('/') + 1), request, response);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }

    /** The start and the input arrive together; once the end is recorded, the request ends. */
    private static void converse(String handler, Request request, Response response) throws IOException {
        InputStream in = Content.Source.asInputStream(request);
        if (in.read(new byte[FIRST_MESSAGES_BYTES]) < 0) {
            throw new IOException("an invocation without a start");
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/vnd.restate.invocation.v6");
        Content.Sink.write(
                response,
                false,
                FrameEncoder.encode(said(handler).stream()
                        .map(message -> new Frame(MessageCodec.encode(message)))
                        .toList()));
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static List<Message> said(String handler) {
        List<Message> messages = new ArrayList<>();
        switch (handler) {
            case "step" -> {
                messages.add(new Command.Run(1, "step"));
                messages.add(new ControlMessage.ProposeRunCompletion(1, new Result.Value(VALUE)));
            }
            case "call" ->
                messages.add(new Command.Call(SERVICE, "plain", VALUE, List.of(), "", null, null, null, 1, 2, "call"));
            case "add" -> {
                messages.add(new Command.GetEagerState(VALUE, Result.Empty.INSTANCE, "get"));
                messages.add(new Command.SetState(VALUE, VALUE, "set"));
            }
            default -> {}
        }
        messages.add(new Command.Output(new Result.Value(VALUE), ""));
        messages.add(ControlMessage.End.INSTANCE);
        return messages;
    }
}
