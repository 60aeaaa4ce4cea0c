package dev.reprise.benchmarks;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ProposeRunCompletion;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.FrameDecoder;
import dev.reprise.protocol.FrameEncoder;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.wire.MessageCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The messages of one durable step, to bytes and back: the run and its result of 100 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private final Message run = new Command.Run(7, "book flight");
    private final Message result = new ProposeRunCompletion(7, new Result.Value(Bytes.wrap(new byte[100])));
    private final RawMessage encodedRun = MessageCodec.encode(run);
    private final RawMessage encodedResult = MessageCodec.encode(result);
    private final List<Frame> frames = List.of(new Frame(encodedRun), new Frame(encodedResult, true));
    private final ByteBuffer bytes = FrameEncoder.encode(frames);
    private final FrameDecoder decoder = new FrameDecoder();

    /** Two messages to their bodies. */
    @Benchmark
    public int encode() {
        return MessageCodec.encode(run).body().size()
                + MessageCodec.encode(result).body().size();
    }

    /** Two messages from their bodies. */
    @Benchmark
    public boolean decode() {
        return MessageCodec.decode(encodedRun).equals(MessageCodec.decode(encodedResult));
    }

    /** Two messages to the bytes of a stream. */
    @Benchmark
    public ByteBuffer frame() {
        return FrameEncoder.encode(frames);
    }

    /** Two messages from the bytes of a stream. */
    @Benchmark
    public List<Frame> unframe() {
        return decoder.decode(bytes.duplicate());
    }
}
