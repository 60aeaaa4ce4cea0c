package dev.reprise.sdk.handler;

import java.util.concurrent.locks.LockSupport;

/** Virtual threads, which park while they wait. */
final class VirtualThreads implements AttemptThreads {
    static final VirtualThreads INSTANCE = new VirtualThreads();

    private VirtualThreads() {}

    @Override
    public void start(String name, Runnable body) {
        Thread.ofVirtual().name(name).start(body);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint: without its effect two messages travel apart
    public void yieldToOthers() {
        Thread.yield();
    }

    @Override
    public Parking newParking() {
        return new ThreadParking();
    }

    /** A permit, and the thread to wake. An interruption of the thread is kept for the handler's own code. */
    private static final class ThreadParking implements Parking {
        private volatile boolean permitted;
        private volatile Thread waiting = Thread.currentThread();

        @Override
        public void park() {
            waiting = Thread.currentThread();
            boolean interrupted = false;
            while (!permitted) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            permitted = false;
            if (interrupted) {
                waiting.interrupt();
            }
        }

        @Override
        public void unpark() {
            permitted = true;
            LockSupport.unpark(waiting);
        }
    }
}
