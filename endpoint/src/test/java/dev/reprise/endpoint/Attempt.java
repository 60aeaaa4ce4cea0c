package dev.reprise.endpoint;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.Start;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The service of these tests, and the bytes of its attempts as a server writes and reads them. */
final class Attempt {
    private Attempt() {}

    /** Some handlers. */
    @Service
    static final class Greeter {
        @Handler
        public String greet(Context ctx, String name) {
            return ctx.run("greeting", String.class, () -> "Hello " + name);
        }

        @Handler
        public String wait(Context ctx, String name) {
            return ctx.awakeable(String.class).promise().await();
        }

        /** Ends the second run of {@link #propose}. */
        final CountDownLatch released = new CountDownLatch(1);

        @Handler
        public String propose(Context ctx, int bytes) {
            RestatePromise<String> large = ctx.runAsync("large", String.class, () -> "x".repeat(bytes));
            RestatePromise<String> later = ctx.runAsync("later", String.class, () -> {
                released.await();
                return "";
            });
            return RestatePromise.all(large, later).map((one, other) -> one).await();
        }

        @Handler
        public String large(Context ctx, int bytes) {
            return "x".repeat(bytes);
        }
    }

    /** The start, and a journal whose input is {@code json}, followed by {@code more}. */
    static byte[] request(String json, Message... more) {
        InvocationId id = new InvocationId(1, 2, 3);
        List<Message> messages = new ArrayList<>();
        messages.add(new Start(
                id.toBytes(), id.toString(), 1 + more.length, List.of(), false, "", 0, 0, 42, null, null, null));
        messages.add(new Command.Input(List.of(), Bytes.utf8(json), ""));
        messages.addAll(List.of(more));
        return bytes(messages.toArray(Message[]::new));
    }

    static byte[] bytes(Message... messages) {
        ByteBuffer bytes = FrameEncoder.encode(List.of(messages).stream()
                .map(MessageCodec::encode)
                .map(Frame::new)
                .toList());
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    static List<Frame> frames(byte[] answer) {
        FrameDecoder decoder = new FrameDecoder();
        List<Frame> frames = decoder.decode(ByteBuffer.wrap(answer));
        decoder.requireFrameEnd();
        return frames;
    }

    static List<Message> messages(byte[] answer) {
        return frames(answer).stream()
                .map(Frame::message)
                .map(MessageCodec::decode)
                .toList();
    }
}
